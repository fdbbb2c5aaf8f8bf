"""The adapter's own words in Danish."""

from __future__ import annotations

from adapters.slack.wording import Words

DANISH = Words(
    waiting="Venter på dit svar",
    progress="Spørgsmål {number} af {of}",
    send="Videre",
    search="Skriv et navn",
    write_here="Skriv dit svar i beskedfeltet herunder.",
    attach="Tilføj filer",
    open_file="Åbn {name}",
    chosen="Valgt før: {options}",
    details="Der står mere i beskeden.",
    shortened="Lange tekster er forkortet her.",
    and_more="Og {count} til, som der ikke er plads til her.",
    close="Luk",
    cancel="Ikke nu",
    bistand="Bistand",
    continued="{label} (fortsat)",
    at_what_time="{label} (klokkeslæt, hvis du ved det)",
    too_long="Der er kun plads til de første {count} tegn her. Resten kan du lægge i en fil.",
    pick="Vælg",
    files_title="Tilføj filer",
    files_label="Hvilke filer?",
    files_hint="Op til ti ad gangen, for eksempel skærmbilleder. Jeg lægger dem ved dine svar og gemmer dem forseglet.",
    files_send="Tilføj",
    slack_keeps="Slack gemmer det, du skriver i chatten. Du kan selv slette det: Hold fingeren på din besked, "
    "eller peg på den, og vælg *Slet besked*. Det, du skriver i et skema, bliver ikke liggende i Slack.",
    only_private="Jeg skriver kun med folk på tomandshånd, så ingen andre kan læse med. Tryk på mit navn, eller find "
    "mig under *Apps*, og skriv til mig dér.",
    stranger="Jeg kan ikke finde dig blandt dem, der arbejder her, så jeg kan ikke tage imod en henvendelse fra dig "
    "endnu. Bed HR om at få dig med. Du behøver ikke sige hvorfor.\n\nEr du i fare, så ring **{emergency}** nu.",
    guest="Du er gæst i denne Slack, og jeg kan kun hjælpe dem, der arbejder her. Tal med en, du stoler på, dér hvor "
    "du arbejder.\n\nEr du i fare, så ring **{emergency}** nu.",
    failed="Noget gik galt hos os. Intet er gået tabt. Prøv at trykke igen.",
    press_again="Det tog lidt for lang tid for Slack. Intet er gået tabt. Prøv at trykke igen.",
    home_intro="Jeg hjælper, når nogen på arbejdet bliver chikaneret eller truet. Vi tager ét skridt ad gangen, og der "
    "bliver ikke sendt en henvendelse, før du siger til.",
    home_cases="Dine sager",
    home_no_cases="Du har ingen åbne sager.",
    failed_form="Noget gik galt hos os. Det, du skrev, står her stadig. Send det gerne igen.",
    slack_keeps_files="Slack gemmer de filer, du sender her. Du kan selv slette dem dér: Hold fingeren på filen, eller "
    "peg på den, og vælg *Slet fil*. Det, jeg har gemt, bliver hos dine svar.",
    files_late="Jeg har ikke fået din fil fra Slack endnu. Jeg prøver selv igen. Hører du ikke fra mig inden for ti "
    "minutter, så vedhæft den gerne en gang til.",
    files_late_form="Dine filer er stadig på vej. Tryk gerne en gang til om et øjeblik.",
    in_chat_title="Vi fortsætter i chatten",
    in_chat="Jeg har skrevet til dig i vores private chat. Ingen andre kan læse med der.",
    no_file="Jeg kan ikke finde den fil til dig.",
    file_shown="Filen står ovenfor, i vores private chat. Slack gemmer den der, indtil du fjerner den.",
    remove_file="Fjern den fra Slack",
    file_removed="Filen er væk fra vores chat. Den er stadig gemt i sagen.",
)
