"""The adapter's own words in Danish."""

from __future__ import annotations

from adapters.teams.wording import Words

DANISH = Words(
    bistand="Bistand",
    waiting="Venter på dit svar",
    progress="Spørgsmål {number} af {of}",
    pick_one="Vælg én",
    pick_many="Vælg alt, der passer",
    pick_first="Vælg først én.",
    send="Videre",
    search="Skriv et navn",
    write_here="Skriv dit svar i beskedfeltet herunder.",
    attach="Tilføj filer",
    open_file="Åbn {name}",
    chosen="Valgt før: {options}",
    shortened="Lange tekster er forkortet her.",
    shortened_read="Lange tekster er forkortet her. Tryk på *{read}* for at se dem i fuld længde.",
    and_more="Og {count} til, som der ikke er plads til her.",
    mend="Se lige på det, der er markeret herunder. Det, du skrev, står her stadig.",
    name_typed="Eller skriv navnet her, hvis det ikke er på listen",
    clock="Klokkeslæt, hvis du ved det",
    too_long="Der er kun plads til de første {count} tegn her. Resten kan du lægge i en fil.",
    pick="Vælg",
    fill_in="Udfyld gerne dette felt.",
    go_on="Læs videre ({page} af {of})",
    noted="Tak.",
    failed="Noget gik galt hos os. Intet er gået tabt. Prøv at trykke igen.",
    failed_form="Noget gik galt hos os. Det, du skrev, står her stadig. Send det gerne igen.",
    in_chat="Jeg har skrevet til dig i vores private chat. Der kan ingen andre læse med.",
    gone="Knappen bruges ikke mere. I vores private chat kan du se, hvor langt vi er.",
    your_cases="Dine sager",
    cases_here="Tryk for at se dine sager. De vises kun for dig og bliver ikke stående i chatten.",
    attach_here="Tilføj dine filer her i chatten: Tryk på **+** eller papirclipsen ved beskedfeltet, vælg dem, "
    "og send. "
    "Jeg lægger dem sammen med dine svar og holder dem låst.",
    files_failed="Jeg kunne ikke hente din fil fra Teams, så intet af den er gemt. Tilføj den gerne en gang til.",
    no_file="Jeg kan ikke finde filen til dig.",
    file_offered="Kun du kan åbne den. Teams lægger den i dit eget OneDrive, hvis du siger ja.",
    file_shown="Filen ligger nu i dit OneDrive i mappen *Apps*. Slet den der, når du ikke skal bruge den mere.",
    file_declined="Jeg har ikke sendt den. Du finder den ved sagen.",
    teams_keeps="Teams gemmer det, du skriver i chatten her. Du kan selv slette det: Hold på din besked, eller "
    "peg på den, "
    "og vælg *Slet*. Det, du skriver i en formular, bliver ikke liggende i Teams.",
    teams_keeps_files="Teams gemmer de filer, du sender her, i dit OneDrive. Du kan selv slette dem der. Det, "
    "jeg har gemt, "
    "bliver sammen med dine svar.",
    stranger="Jeg kunne ikke finde dig blandt dem, der arbejder her, så jeg kan ikke tage imod noget fra dig. "
    "Arbejder du "
    "her, så bed HR om at tilføje dig. Du behøver ikke at sige hvorfor.\n\nEr du i fare, så ring **{emergency}** nu.",
)
