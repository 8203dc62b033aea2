/** Words that say nothing about what a question is about, its question words among them. */
const german = `
aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes ans auch auf aus
bei beim bereits bis bitte bin bist da dabei dafür damit danach dann daran darauf daraus darf darfst das dass
davon dazu dein deine deinem deinen deiner deines dem den denen denn der deren des dessen die dies diese diesem
diesen dieser dieses doch dort du durch dürfen ein eine einem einen einer eines eigentlich er es etwa etwas euch
euer eure eurem euren eurer finde finden findet für gibt geht gerade gern gerne genau hab habe haben hast hat hatte hier hin ich ihm
ihn ihnen ihr ihre ihrem ihren ihrer ihres im in ins irgendwo ist ja jede jedem jeden jeder jedes jetzt kann
kannst komme kommen kommt können könnt könnte kein keine keinem keinen keiner lassen lässt mache machen macht man mal mein meine meinem meinen meiner
meines mehr mich mir mit möchte muss musst müssen nach nicht nichts noch nun nur ob oder ohne schon sehr sein
seine seinem seinen seiner seit sich sie sind so soll sollen sollte sonst stehen steht über um und uns unser unsere unserem
unseren unserer unter viel vom von vor wann war waren warum was wegen weil welche welchem welchen welcher welches
wem wen wenn wer werde werden weshalb wessen wie wieder wieso wieviel will wir wird wo wobei wodurch wofür woher
wohin womit woran worauf woraus wovon wozu würde zu zum zur zwischen überhaupt möglich eigene eigenen
`;

const english = `
a about actually again all also am an and any anyone anything are as at be because been before being but by can
cannot could did do does doing done each else even ever find finding for from get gets getting give go goes going got had has
have having he her here hers him his how i if in into is it its itself just let lets like make many may maybe me
might mine more most much must my need needs no nor not now of off on once one only onto or other our ours out
over own per please possible same shall she should so some someone something still such than that the their
theirs them then there these they this those through to too under until up upon us use very via want was we were
what whatever when whenever where which while who whom whose why will with within without would yes yet you your
yours don t s re ve ll d m isn doesn didn can't don't isn't doesn't i'm what's where's how's there's it's won't
`;

const byLocale: Readonly<Record<string, ReadonlySet<string>>> = {
  de: new Set(german.trim().split(/\s+/)),
  en: new Set(english.trim().split(/\s+/)),
};

const none: ReadonlySet<string> = new Set();

/** The stop words of a locale; none where we have no list (rare words weigh more there all the same). */
export function stopWords(locale: string): ReadonlySet<string> {
  return byLocale[locale] ?? none;
}
