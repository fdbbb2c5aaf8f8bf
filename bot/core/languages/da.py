"""Dansk."""

from __future__ import annotations

from bot.core.languages.commands_da import DANISH_LABELS, DANISH_WORDS
from bot.core.languages.knowing_da import DANISH_KNOWING, DANISH_READING
from bot.core.languages.phrases import Phrases
from bot.core.languages.review_da import DANISH_REVIEW
from bot.core.languages.standing_da import DANISH_AT_WORK, DANISH_OWN
from bot.core.levels import Level

DANISH = Phrases(
    code="da",
    name="Dansk",
    called=("dansk", "danish"),
    words=DANISH_WORDS,
    labels=DANISH_LABELS,
    yes="Ja",
    no="Nej",
    nobody="Ingen",
    send="Gem",
    open_form="Åbn skemaet",
    done="Det var det hele",
    not_listed="Ikke på listen",
    rather_not="Det vil jeg helst ikke sige",
    doubt="Mente du **{option}**?",
    doubt_many="Hvad af det her mente du?",
    no_match="Jeg er ikke sikker på, hvor det hører til. Vælg et af svarene.",
    stands_alone="**{option}** står alene. Vælg det for sig selv, eller lad det være.",
    choose_several="Du kan vælge flere. Skriver du dem, så sæt komma imellem.",
    cannot_skip="Jeg har brug for et svar her for at komme videre. Du kan også holde pause eller stoppe.",
    not_answered="Ikke besvaret",
    saved="Tak. Jeg har gemt det.",
    moved_into_form="Jeg har gemt det, du skrev, og sat det ind i skemaet. Åbn skemaet, se det igennem, og gem det.",
    too_long="Det er længere, end jeg kan gemme på én gang. Gør det lidt kortere. "
    "Resten kan du lægge i en fil, når jeg spørger efter filer.",
    required_field="Her har jeg brug for et svar.",
    not_a_number="Skriv et tal, for eksempel 4.",
    out_of_scale="Vælg et tal fra {low} til {high}.",
    not_a_date="Skriv en dag, jeg kan læse, for eksempel i går eller i mandags.",
    not_a_moment="Skriv en dag, jeg kan læse, for eksempel i går eller i mandags. "
    "Hvis du kender tidspunktet, kan du skrive det med, for eksempel: i går kl. 14.30.",
    not_a_time="Skriv et klokkeslæt, for eksempel 14.30.",
    not_an_email="Det ligner ikke en mailadresse. De ser sådan ud: navn@eksempel.dk",
    not_a_phone="Det ligner ikke et telefonnummer. Brug tal, mellemrum og +.",
    not_a_url="Det ligner ikke et link. De begynder med https://",
    in_future="Det ligger ude i fremtiden. Se lige på dato og klokkeslæt igen.",
    person_unknown="Jeg kan ikke finde nogen med det navn. Skriv hele navnet, eller vælg et af svarene.",
    cannot_be_asked="Den person kan jeg ikke spørge lige nu. Vælg en anden.",
    files_wanted="Du kan vedhæfte filer her, en eller flere. Har du ingen, kan du springe over.",
    files_received="Filer, jeg har gemt: {count}. Du kan vedhæfte flere eller vælge *Det var det hele*.",
    file_refused="Den fil kunne jeg ikke gemme: {reason}",
    file_empty="der er ikke noget i den.",
    file_too_large="den er for stor. Jeg kan tage op til {most} MB. Et mindre billede eller et udsnit er fint.",
    file_wrong_type="den slags kan jeg ikke tage. Jeg kan tage: {types}. Et skærmbillede kan også bruges.",
    words_wanted="Skriv det med ord.",
    nothing_to_attach="Jeg ventede ikke på en fil lige nu, så jeg har ikke gemt den. "
    "Du kan vedhæfte den, når jeg spørger efter filer.",
    role_names={
        "reporter": "dig",
        "owner": "den, der tager sig af sagen",
        "hr": "HR",
        "safety_rep": "arbejdsmiljørepræsentant",
        "whistleblower_unit": "whistleblowerordningen",
        "on_call": "den, der har vagten",
        "manager": "din leder",
        "deputy": "stedfortræder",
        "fallback": "træder til, når ingen har taget en sag",
        "named": "valgt af dig",
    },
    nobody_left="Her er ikke nogen, jeg kan sige det til i fortrolighed. "
    "Du kan få hjælp uden for arbejdet: Skriv *akut*, så viser jeg dig hvor.",
    review=DANISH_REVIEW,
    review_sent="Det er sendt, så jeg kan ikke slette det. "
    "Er det din egen henvendelse, kan du trække den tilbage: Skriv *træk tilbage*.",
    stopped="Så stopper jeg her. Der er ikke sendt nogen henvendelse.\n\n"
    "Dine svar er gemt og låst. Ingen får dem at læse, medmindre du siger til. "
    "Du kan fortsætte senere eller slette dem.",
    stopped_open="Jeg spørger ikke mere nu. Selve sagen fortsætter. Du kan gå videre her, når du har lyst.",
    not_sent="Ikke gemt og ikke sendt endnu: **{form}**. Ingen andre kan læse det.",
    deleted="Jeg har slettet dine svar og mine beskeder. "
    "Det, du har skrevet direkte her i chatten, kan jeg ikke fjerne. Måske kan du selv slette det.",
    paused="Tag den tid, du har brug for. Jeg husker, hvor vi er. Skriv *fortsæt*, når du vil videre.",
    resumed="Godt at se dig igen. Vi fortsætter, hvor du slap.",
    nothing_back="Det her er det første spørgsmål, så der er ikke noget at gå tilbage til.",
    sent_is_sent="Det, der kom før, er sendt, så jeg kan ikke gå tilbage til det.",
    help="Du kan når som helst skrive: *tilbage*, *spring over*, *pause*, *fortsæt*, *stop*, *sprog*, "
    "*hvem kan se det her?* eller *akut*.\n\n"
    "*sager* viser, hvad du har fortalt, og hvad du tager dig af. *skjul* fjerner mine beskeder fra chatten. "
    "*træk tilbage* trækker en henvendelse tilbage, som du har sendt.\n\n"
    "Skriv *chikane* for at fortælle mig om noget nyt.",
    emergency="Er du i fare, så ring **{emergency}** nu. Du behøver ikke gøre det her færdigt først.",
    emergency_case="Du kan gå videre her, når du er i sikkerhed.",
    language_which="Hvilket sprog vil du helst bruge?",
    language_set="Fra nu af skriver jeg på dansk.",
    report_title="Det, der er fortalt",
    nothing_to_read="Der er ikke noget at læse for dig endnu.",
    hidden="Jeg har fjernet mine beskeder her. "
    "Det, du selv har skrevet, kan jeg ikke fjerne. Måske kan du selv slette det.",
    hidden_resume="Skriv *fortsæt*, når du vil videre.",
    stale="Den knap hører til et tidligere spørgsmål. Vi er nået hertil:",
    repeated="Det har jeg allerede.",
    not_yours="Den knap gør ikke længere noget her. Skriv *chikane*, hvis der er noget nyt.",
    ended="Den samtale er slut. Skriv *chikane*, hvis der er noget nyt.",
    which_talk="Jeg vil være sikker på, hvor det her hører til. Hvad handler det om?",
    greeting="Hej. Jeg er Bistand, en bot, der hjælper, når nogen hos {organisation} bliver chikaneret eller truet.\n\n"
    "Skriv *chikane* eller *truet* for at begynde. Der bliver ikke sendt en henvendelse, før du siger til. "
    "Skriv *akut*, hvis det haster.",
    greeting_told="Tak, fordi du skriver. Jeg er Bistand, en bot, der hjælper, når nogen hos {organisation} bliver "
    "chikaneret eller truet.\n\nHvis det handler om det, så tryk på en knap herunder. Så tager vi ét skridt ad gangen. "
    "Jeg har ikke gemt det, du skrev: Du kan skrive det i skemaet om lidt. Skriv *akut*, hvis det haster.",
    kept_for_form="Tak. Jeg har gemt det til skemaet, der kommer senere. Vælg først et af svarene her.",
    told_kept="Tak, fordi du fortæller mig det. Jeg har gemt det og ikke vist det til nogen. Du ser det i skemaet.",
    unfinished="Du er begyndt på en før, og jeg har gemt den. Vil du fortsætte med den?",
    go_on="Fortsæt med den",
    start_new="Begynd på en ny",
    task_done="Gjort",
    task_later="Senere",
    task_help="Bed om hjælp",
    task_not_relevant="Ikke relevant",
    task_how="Sådan gør du",
    task_say="Du kan sige",
    task_avoid="Undgå",
    task_due="Senest",
    task_deadline="Frist",
    task_reason="Begrundelse",
    task_reason_ask="Hvad gør, at det ikke er relevant her? Et par ord er nok.",
    task_later_said="Det er i orden. Det bliver på din liste. Gør det inden {when}.",
    task_later_plain="Det er i orden. Det bliver på din liste.",
    task_help_said="Jeg beder {person} om at hjælpe dig med det. Det bliver på din liste.",
    task_help_nobody="Der er ingen, jeg kan spørge lige nu. Det bliver på din liste.",
    task_closed="**Gjort:** {task}",
    task_marked="**Ikke relevant:** {task}",
    task_required="Den her kan ikke udelades. Er der noget i vejen, så bed om hjælp.",
    tasks_open="Før vi går videre, venter det her stadig på dig:",
    reminder="En påmindelse: **{task}**. Gør det inden {due}.",
    reminder_many="Mens jeg var væk, er der kommet det her. Det venter stadig på dig:",
    overdue="Tiden for **{task}** er gået, så jeg beder om mere hjælp. Du kan stadig nå at gøre det.",
    chase="{who} har stadig brug for det her fra dig, sag {reference}:\n\n{tasks}\n\n"
    "Kan du ikke nå det nu, er det helt i orden: Du kan give sagen til en anden.",
    cases_own="Det, du har fortalt mig:",
    cases_at_work="Sager på arbejdet, som du må se:",
    cases_more="Og {count} til. De kommer frem, når disse er klaret.",
    cases_none="Du har ingen åbne sager her. Skriv *chikane*, hvis du vil fortælle om noget.",
    cases_alike="Disse {count} har et link eller en afsender til fælles, så de hører måske sammen. {person} leder. "
    "Hver af dem er sin egen sag: Sig ikke til nogen, at der er flere.",
    alike="En anden henvendelse ser ud til at høre sammen med sag {reference}. Skriv *sager* for at se dem begge.",
    card_open="Åbn",
    card_own="Din henvendelse **{reference}**",
    card="Sag **{reference}**",
    card_employee="Medarbejder",
    card_shared="Må også læse det",
    card_answer_by="Svar senest",
    card_steps="Trin",
    card_steps_done="{done} er gjort, {left} venter",
    card_read="Læs, hvad der er fortalt",
    card_who="Hvem kan se det her?",
    card_withdraw="Træk det tilbage",
    card_over="Sagen er slut, så der er ikke mere at gøre her.",
    status_own=DANISH_OWN,
    status_at_work=DANISH_AT_WORK,
    status_yours="Den er din.",
    affected_asked="Tak, fordi du holder øje med din kollega. Jeg spørger nu stille og roligt, uden dit navn. "
    "Herfra er det din kollegas eget valg, og jeg siger ikke til nogen, hvad det bliver – heller ikke til dig.\n\n"
    "Du kan stadig være der. Er der fare, så ring **{emergency}**, og skriv *chikane* for at sige det til mig.",
    the_employee="medarbejderen",
    an_employee="En medarbejder",
    your_manager="din leder",
    their_manager="medarbejderens leder",
    the_deadline="fristen",
    somebody="en på arbejdet",
    not_shared="(ikke delt med dig)",
    levels={
        Level.CRITICAL: "med det samme",
        Level.HIGH: "inden for få timer",
        Level.MEDIUM: "inden for en arbejdsdag",
        Level.LOW: "inden for to arbejdsdage",
    },
    alert="{who} har fortalt mig om en hændelse og har brug for dig.",
    alert_again="{who} har fortalt mig om en hændelse og har stadig brug for en, så nu spørger jeg dig.",
    alert_raised="{who} har brug for dig nu: Det haster mere end før.",
    alert_no_help="{who} har brug for mere hjælp, end der har været indtil nu. Tag kontakt nu. "
    "Jeg spørger også en anden.",
    alert_help="{owner} kan have brug for hjælp med en sag. "
    "Du kan tage den over eller spørge {owner}, hvad der hjælper.",
    alert_handed="{owner} vil gerne have dig til at overtage en sag.",
    alert_reopened="{who} siger, at det ikke er slut, og har brug for din hjælp igen.",
    alert_before="Svar her inden {when}.",
    alert_waits="{who} venter stadig på dit svar, sag {reference}. Brug en knap i min besked ovenfor inden {when}.",
    alert_reference="Sag",
    alert_level="Hvor hurtigt",
    alert_take="Jeg tager sagen",
    alert_decline="Jeg kan ikke tage sagen",
    alert_taken_by="Tak. Nu er det {person}, der tager sig af det.",
    alert_you_took="Tak, fordi du tager sagen.",
    alert_gone="Tak. Du skal ikke gøre mere her.",
    fallback="En sag har lige nu ingen, der tager sig af den. Jeg må ikke fortælle dig mere, "
    "så prøv ikke at finde ud af, hvem det er. Medarbejderen bestemmer, hvem der ellers må vide noget. "
    "Har du set det her?",
    alert_goes_on="Tak. {person} går videre med det.",
    fallback_stalled="En sag står stille og har brug for en anden. Jeg må ikke fortælle dig mere, "
    "så prøv ikke at finde ud af, hvem det er. Medarbejderen bestemmer, hvem der ellers må vide noget. "
    "Har du set det her?",
    fallback_noted="Tak. Jeg skriver til dig igen, hvis det bliver ved sådan.",
    page="{who} er måske i fare og har bedt om at blive ringet op **med det samme**.",
    page_night="{who} har brug for en uden for arbejdstiden. Ring **nu**.",
    page_take="Jeg ringer nu",
    page_yours="Tak. Ring til **{who}** nu.",
    page_again="Jeg har spurgt igen. Brug knappen i den nyeste besked.",
    page_taken="Du bliver ringet op nu af {person}. Bliver det værre, så vent ikke: Ring **{emergency}**.",
    page_nobody="Ingen på vagt har svaret endnu. Er du i fare, så vent ikke: Ring **{emergency}** nu.",
    nudge="Bistand har brug for dig",
    nudge_open="Der ligger noget til dig i Bistand. Åbn Bistand i din chat.",
    nudge_why="Der står med vilje ikke mere i denne mail. Du skal ikke svare på den: Ingen læser svarene.",
    night_calling="Der er ingen på arbejde lige nu, så jeg ringer til {person}. "
    "Er du i fare, så vent ikke: Ring **{emergency}**.",
    night_nobody="Der er ingen på arbejde lige nu. Jeg spørger dem alligevel, men der kan gå til {when}, før "
    "nogen svarer. Er du i fare, så ring **{emergency}**. Her er der også nogen, der lytter:",
    taken="Din henvendelse er nået frem til {person}, som tager sig af den herfra.",
    hear_by="{person} er bedt om at kontakte dig inden {when}.",
    came_late="Beskeder kom ikke igennem i en periode, så det tog længere tid at få fat i {person}. "
    "Jeg venter på svar inden {when}.",
    climbed="Jeg beder nu {person} om at hjælpe med din henvendelse. Du skal ikke gøre noget.",
    goes_on="{person} går videre med din sag.",
    needs_another="En anden skal gå videre med din sag, og jeg kan lige nu ikke få fat i de andre, du valgte. "
    "Det er jeg ked af. Du skal ikke selv rykke for svar.",
    nobody_more="Det er jeg ked af: Her er ikke andre, jeg må spørge lige nu. "
    "Du kan få hjælp uden for arbejdet: Skriv *akut*, så viser jeg dig hvor.",
    nobody_answered="Ingen af dem, du valgte, har svaret endnu. Det er jeg ked af. Du skal ikke selv rykke for svar.",
    stands_still="Jeg vil gerne bede en mere om at hjælpe med din sag. {owner} har den stadig, "
    "og du skal ikke selv rykke for svar.",
    nobody_reached="Ingen af dem, du valgte, kan træffes lige nu. Det er jeg ked af.",
    ask_more="Må jeg spørge en anden? Den, jeg spørger, får det samme at vide som dem, du har valgt.",
    ask_more_wait="Nej, vent lidt",
    ask_more_thanks="Tak. Nu spørger jeg {person}.",
    ask_more_waiting="Det er i orden. Dem, du har valgt, kan stadig svare, og jeg siger til, når en af dem gør det.",
    open_refused="Jeg har ikke sendt det: Her er ikke nogen, jeg kan sige det til i fortrolighed. Det er jeg ked af. "
    "Dine svar er stadig gemt og låst.\n\n"
    "Du kan få hjælp uden for arbejdet: Skriv *akut*, så viser jeg dig hvor.",
    help_wanted="Sag {reference}: {who} tager sig af den og vil gerne have din hjælp til et skridt. Tag kontakt.",
    handed_over="Sagen er givet videre. Tak for det, du har gjort.",
    handed_waits="Jeg beder {person} om at overtage sagen. Indtil det er sket, er den stadig din.",
    handed_next="Jeg beder en anden om at overtage sagen. Indtil det er sket, er den stadig din.",
    handed_asked="Jeg spørger først medarbejderen, om {person} må vide det. Indtil da er sagen stadig din.",
    handed_refused="Den person kan jeg ikke spørge lige nu. Sagen er stadig din, og du kan vælge en anden.",
    handed_no="Sagen kan ikke gå til {person}. Den er stadig din, og du kan vælge en anden.",
    handed_not_taken="{person} har ikke taget sagen, så nu spørger jeg en anden. Indtil da er den stadig din.",
    ask_handing="{owner} vil gerne have, at {person} går videre med din sag. "
    "{person} får det samme at vide som dem, du har valgt. Er det i orden?",
    ask_handing_no="Det er i orden. Din sag bliver hos {owner}.",
    ask_assigning_no="Det er i orden. Jeg spørger stadig dem, du har valgt.",
    assigned_waits="Jeg beder {person} om at tage sagen. Kommer der ikke svar i tide, spørger jeg andre.",
    assigned_asked="Jeg spørger først medarbejderen, om {person} må vide det. Indtil da venter sagen som før.",
    assigned_refused="Den person kan jeg ikke spørge lige nu. Sagen bliver, hvor den er.",
    assigned_no="Sagen kan ikke gå til {person}. Den venter som før, og du kan vælge en anden.",
    hand_over_title="Giv sagen videre",
    hand_over_who="Hvem skal overtage?",
    hand_over_note="Hvad vil gøre det nemt at gå videre?",
    hand_over_none="Du har lige nu ingen sag, som en anden kan overtage.",
    recuse_title="En anden tager over",
    recuse_note="Er der noget, den, der tager over, skal vide? Du behøver ikke give en grund.",
    recused="Tak, fordi du siger det. En anden tager over. Jeg skriver ikke mere til dig om det.",
    note_before="En besked fra den, der havde sagen før",
    away="{person} er væk til og med {day}.",
    away_open="{person} er væk for tiden.",
    unreached="Jeg kan ikke få fat i {person} her lige nu.",
    away_deputy="{deputy} træder til imens.",
    case_closed="{person} har lukket din sag, så ingen arbejder med den længere. Er det ikke slut for dig, eller er du "
    "ikke enig, så tryk på knappen, eller skriv *det er ikke slut* inden for {days} dage. Så åbner jeg den igen, og du "
    "behøver ikke sige hvorfor. Sker der noget nyt, så skriv *chikane*, når som helst.",
    whoever_had_it="Den, der havde den,",
    not_over="Det er ikke slut",
    not_closed="Du har ingen lukket sag her, som jeg kan åbne igen. Er der noget, du vil fortælle, så skriv *chikane*.",
    closed_long_ago="Den sag blev lukket for et stykke tid siden, så jeg begynder på en ny sammen med dig: "
    "Skriv *chikane*. Der kan du sige, at det fortsætter.",
    reopened_with="Tak, fordi du siger det. Din sag er åben igen, og jeg beder {person} om at gå videre med den. "
    "Du skal ikke gøre noget.",
    no_open_steps="ingen",
    case_withdrawn="Jeg har trukket din henvendelse tilbage og siger det til dem, der kendte til den. "
    "Du kan altid komme igen: Skriv *chikane*.",
    withdrawn_told="Medarbejderen har trukket sag {reference} tilbage, så dine skridt i den slutter her. "
    "Spørg ikke hvorfor. Ved du, at nogen er i fare, kan du stadig have pligt til at handle.",
    case_reopened="Tak, fordi du siger det. Din sag er åben igen, og jeg beder en om at se på den.",
    owner_gone="Den, der havde din henvendelse, kan ikke længere tage sig af den.",
    reporter_gone="Jeg kan ikke længere få fat i medarbejderen i sag {reference} her. Sagen er stadig din: "
    "Det, der er fortalt, gælder stadig, og andre kan have brug for det, du gør.",
    skip_sure="Det, du har skrevet her, venter stadig i skemaet. Springer du over, kommer det ikke med. "
    "Vil du springe over?",
    delete_sure="Det sletter det, du har fortalt mig her. Det kan ikke fortrydes. Vil du slette det?",
    withdraw_sure="Det trækker din henvendelse tilbage. Jeg siger det til dem, der kender til den, og du "
    "bliver ikke spurgt om mere. Vil du trække den tilbage?",
    withdraw_ask="Jeg kan ikke finde en henvendelse fra dig at trække tilbage.",
    unchanged="Det er i orden. Jeg har ikke ændret noget.",
    knowing=DANISH_KNOWING,
    reading=DANISH_READING,
)
