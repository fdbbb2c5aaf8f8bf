"""Dansk: hvem der må vide noget."""

from __future__ import annotations

from bot.core.languages.knowing import Knowing, Reading

DANISH_KNOWING = Knowing(
    sees="Her er, hvem der kan se noget af din sag, og hvor meget:",
    planned="Din henvendelse er ikke sendt. Ingen får den, før du har set den igennem og sagt ja. "
    "Når du har det, er det dem her, der kan se noget:",
    unsent="Din henvendelse er ikke sendt. Ingen får den, før du har set den igennem og sagt ja. "
    "Du bestemmer, hvem der må vide noget.",
    chose_nobody="Du valgte ikke at sige det til nogen, og det har jeg heller ikke gjort.",
    line="**{person}** ({why}): {what}",
    whys={
        "ticked": "{role}",
        "deputy": "stedfortræder for {person}, {role}",
        "named": "valgt af dig",
        "reader": "læser med, fordi du sagde ja",
        "paged": "har vagten",
        "alerted": "er blevet spurgt tidligere",
        "fallback": "træder til, når en sag ikke har nogen",
    },
    owner="tager sig af din sag og kan læse det, du har fortalt.",
    first="bliver bedt om at tage sig af den og kan læse det, du har fortalt.",
    part="kan kun læse det, der er tiltænkt {roles}.",
    case="må vide, at der er en sag. Kan kun læse det, du har fortalt, som den, der tager sig af sagen.",
    case_over="ved, at der var en sag, og kan ikke læse noget.",
    call="er bedt om at ringe til dig og kan ikke læse noget.",
    on_call="bliver ringet op, når det haster, og kan kun læse det, der er tiltænkt det opkald.",
    was_called="er bedt om at ringe til dig og kan kun læse det, der er tiltænkt det opkald.",
    no_owner="ved kun, at en sag ikke har nogen: ikke hvis sag, og ikke hvad den handler om.",
    has_read="Har læst det.",
    not_read="Har ikke læst det endnu.",
    not_your_name="Jeg viser dem \u201dmedarbejderen\u201d i stedet for dit navn.",
    unless_danger="Det kan du altid ændre. Er nogens liv måske i fare, kan to af dem, der må vide noget, sammen spørge "
    "mig om dit navn. Du får først at vide, hvem de er, og hvorfor. Siger du nej, siger jeg ikke noget til dem. "
    "Hører jeg ikke fra dig i 15 minutter, siger jeg det til de to.",
    name_others="Alle andre ser \u201dmedarbejderen\u201d i stedet for dit navn.",
    left_out="Holdt udenfor, så de intet kan se: {persons}. Jeg siger ikke til dem, at de er holdt udenfor.",
    below="alle, der har {person} som leder",
    narrowed="Du har taget {persons} ud. Siden da har der ikke været mere at se, men det, der allerede var set, kan "
    "stadig huskes.",
    nobody_else="Ingen andre på arbejdet kan se noget af det.",
    platforms={
        "simulation": "Det her er en simulation: Det, du skriver, bliver på denne maskine.",
        "slack": "Om Slack: De, der ejer workspacet, og it-afdelingen hos {organisation} kan måske trække det ud, "
        "der står i chatten her. Det, du skriver i et skema, gemmer jeg låst uden for chatten.",
        "teams": "Om Teams: It-afdelingen hos {organisation} kan måske søge i det, der står i chatten her, "
        "også efter at det er slettet. Det, du skriver i et skema, gemmer jeg låst uden for chatten.",
        "": "Om chatten her: De, der driver den for {organisation}, kan måske se, hvad der står i den. "
        "Det, du skriver i et skema, gemmer jeg låst uden for chatten.",
    },
    keys="Det, jeg gemmer låst, kan kun åbnes med nøglerne på den maskine, jeg kører på. "
    "De, der passer maskinen, kunne få fat i dem. Det kan jeg ikke selv forhindre.",
    for_handlers="I sag {reference} må de her vide noget: {roles}. Tal ikke med andre om den.",
    nothing_for_you="Her er ikke noget, du kan se.",
    change="Ret, hvem der må vide det",
    change_title="Hvem må vide det?",
    change_who="De her må vide det",
    change_who_hint="Dem, du tager ud, kan ikke se noget fra da af. Dem, du sætter på, hører først om det, "
    "når der er brug for dem.",
    change_name="Dit navn",
    change_name_hint="Så læser de \u201dmedarbejderen\u201d og skriver til dig gennem mig.",
    hide_name="De må vide, hvad der er sket, men ikke hvem jeg er",
    option="{role}: {persons}",
    away="{person} (er væk lige nu)",
    before_sending="Der er ikke sendt noget endnu. Jeg spørger dig, hvem der må vide det, før jeg sender noget.",
    unchanged="Det er i orden. Alt er, som det var.",
    changed="Nu er det, som du vil have det.",
    out_read="{persons} kan ikke se noget fra nu af. Men det var allerede læst, og det kan jeg desværre ikke lave om.",
    out_heard="{persons} kan ikke se noget fra nu af. Der var kun givet besked om, at der er en sag, "
    "og den er ikke læst.",
    out_unheard="{persons} havde ikke hørt noget og kommer heller ikke til det.",
    added="{persons} må vide det fra nu af. Jeg siger det først, når der er brug for det.",
    name_hidden="Fra nu af skriver jeg \u201dmedarbejderen\u201d i stedet for dit navn.",
    name_known="{persons} havde allerede set dit navn. Det kan jeg desværre ikke lave om.",
    name_open="Fra nu af kan de, der må vide noget, se dit navn.",
    name_to_owner="Medarbejderen i sag {reference} vil gerne have, at du ved, hvem det er: {person}.",
    nobody_sure="Så må ingen på arbejdet vide noget, og ingen på arbejdet kan hjælpe dig med det.\n\n"
    "Du kan trække din henvendelse tilbage. Eller jeg kan beholde sagen, og så får en kun at vide, at en sag ikke har "
    "nogen: ikke hvis den er, og ikke hvad den handler om. Hvad vil du helst?",
    nobody_withdraw="Træk min henvendelse tilbage",
    nobody_keep="Behold den, ingen må vide noget",
    nobody_back="Lad det være, som det var",
    nobody_kept="Jeg beholder den, og ingen må vide noget. Vil du have hjælp, så skriv *ret hvem der må vide det*.",
    not_yours_now="Sag {reference} ligger ikke hos dig længere, så du skal ikke gøre mere i den. "
    "Spørg ikke hvorfor. Ved du, at nogen er i fare, kan du stadig have pligt til at handle.",
    stays="Det her bliver stående: at der var en sag, hvornår det var, og hvad der blev gjort. "
    "Det, du har fortalt, bliver liggende låst, og ingen på arbejdet kan åbne det mere.",
    had_read="Det var læst af {persons}. Ved de, at nogen er i fare, kan de stadig have pligt til at handle.",
    no_pressure="Du skal aldrig trække noget tilbage, fordi en anden vil have det. Var det sådan, så skriv *chikane* "
    "og vælg nogle andre. Der er også hjælp uden for arbejdet: Skriv *akut*.",
    ask_name="Spørg, hvem det er",
    ask_name_why="Hvorfor kan nogens liv være i fare?",
    ask_name_hint="Medarbejderen får det at læse, ord for ord.",
    ask_name_only="Man kan kun spørge om navnet, når nogens liv kan være i fare, i en sag, der haster mest.",
    ask_name_alone="Der skal to til, som må kende sagen, og lige nu er der ikke en mere. "
    "Er nogens liv i fare, så vent ikke: Ring efter hjælp.",
    ask_name_sent="Jeg har spurgt en mere. Navnet bliver kun vist, hvis den anden er enig, "
    "og efter at medarbejderen har fået det at vide.",
    agree_question="{person} spørger, hvem der har skrevet til mig i sag {reference}, "
    "fordi nogens liv kan være i fare. "
    "Er du enig? Medarbejderen får at vide, hvem der spurgte, hvem der var enig, og hvorfor.",
    agree="Jeg er enig",
    disagree="Jeg er ikke enig",
    agree_noted="Tak. Nu siger jeg det til medarbejderen.",
    reason="Hvorfor",
    not_agreed="Sag {reference}: I blev ikke enige om at spørge efter navnet, så det forbliver skjult.",
    you_are_asked="{asker} og {second} er bange for, at nogens liv er i fare, og vil gerne vide, hvem du er. "
    "Du bestemmer. Siger du nej, siger jeg ikke noget til dem. Hører jeg ikke fra dig inden for 15 minutter, "
    "siger jeg dit navn til de to og ikke til andre.\n\nEr du i fare, så ring **{emergency}** nu.",
    tell_name="Sig mit navn til dem",
    keep_name="Sig det ikke til dem",
    name_kept="Det er i orden. Jeg har ikke sagt dit navn, kun at du har svaret.",
    name_refused="Sag {reference}: Medarbejderen har svaret og vil gerne være uden navn.",
    name_is="Sag {reference}: Medarbejderen er {person}. Brug det kun til den fare, du fortalte om, og ikke til andet.",
    name_told="Jeg har sagt dit navn til {persons} og ikke til andre.",
    name_no_more="Det spørgsmål er ikke åbent mere.",
    draft_notice="Du begyndte at fortælle mig noget, og det er aldrig blevet sendt. Jeg sletter det {when}. "
    "Vil du have, at jeg beholder det? Så skriv til mig, eller tryk på knappen.",
    draft_keep="Behold det",
    draft_kept="Det er i orden. Jeg beholder det.",
    draft_dropped="Jeg har slettet det, du begyndte at fortælle mig. Det er aldrig blevet sendt, og ingen har læst "
    "det. Du kan altid komme igen: Skriv *chikane*.",
)

DANISH_READING = Reading(
    title="Må en mere læse det?",
    question="{handler} vil gerne have, at **{person}** også læser det, du har fortalt, og det, du måske tilføjer "
    "senere. {person} kan kun læse med. Du bestemmer, og et ja kan du altid tage tilbage. Siger du nej, eller svarer "
    "du slet ikke, siger jeg det ikke til nogen, og alt bliver, som det er.",
    may="Må {person} læse det, du har fortalt?",
    why="Det skal bruges til: {why}",
    thanks="Tak. {person} kan nu læse det, du har fortalt. Du kan altid tage det tilbage: "
    "Skriv *ret hvem der må vide det*.",
    kept="Det er i orden. {person} får ikke noget at læse, og jeg siger ikke til nogen, hvad du svarede.",
    too_late="Det kan desværre ikke lade sig gøre længere. {person} har ikke fået noget at vide.",
    reads="Må kun læse med",
    can_read="kan læse det, du har fortalt.",
    reads_now="{persons} kan læse det, du har fortalt, fra nu af.",
    asked="Jeg spørger medarbejderen, om den person må læse det, der er fortalt. Siger medarbejderen ja, står det på "
    "sagens kort. Spørg ikke selv om det: Det er medarbejderen, der bestemmer.",
    asked_before="Medarbejderen er blevet spurgt om den person før, og jeg spørger kun én gang. "
    "Er svaret ja, står det på sagens kort.",
    cannot_ask="Den person kan jeg ikke spørge om her.",
    told="I sag {reference} er der fortalt noget i fortrolighed, og du må læse det. Hold det for dig selv. "
    "Har du spørgsmål, så spørg {person} og ikke andre.",
    handlers="dem, der tager sig af sagen",
)
