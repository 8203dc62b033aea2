/** Words that say nothing about what a question is about. */
const ENGLISH = `a an and are as at be been being but by can could did do does doing done for from had has have
having he her here hers him his how i if in into is it its itself just let me mine more most much must my no nor not
now of off on once only or our ours out over own please re same shall she should so some such than that the their them
then there these they this those to too under until up us very was we were what when where which while who whom whose
why will with would you your yours am about after again all also any because before between both down during each few
further other through ain don ll ve isn doesn didn won anything something someone anyone everything get got go goes
going make makes made need needs want wants use using used find help tell know happen happens happened possible
long many way still yet ever else every often soon actually really like`;

const GERMAN = `aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf
aus bei beim bin bis bist da damit dann das dass dasselbe dazu dein deine deinem deinen deiner deines dem den denn der
deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
einig einige er es etwas euch euer eure eurem euren eurer für gegen gibt gewesen hab habe haben hat hatte hatten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins ist jede jedem jeden jeder jedes jene jener jetzt
kann kannst können könnte könnten kein keine keinem keinen keiner man manche mehr mein meine meinem meinen meiner meines
mich mir mit muss muß musst müssen müsste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner
selbst sich sie sind so sobald solche soll sollte sollten sondern sonst über um und uns unser unsere unserem unseren unter
viel viele vom von vor während war waren warst was weg weil weiter welche welchem welchen welcher welches wem wen wenn wer
werde werden wessen wie wieder will willst wir wird wirst wo woher wohin wollen wollte würde würden wurde zu zum zur zwar
zwischen bitte geht gehen mache machen macht möchte möchten finde finden findet lange lang brauche braucht brauchen
bekomme bekommen bekommt tun tue passiert eigentlich denn mal schon warum wieso weshalb wann darf dürfen kriege kriegen
hilfe helfen weiß wissen ganz gerade immer nie eben welch worauf wofür womit woran daran dafür davon darauf möglich gilt oft häufig bald`;

const WORDS: Readonly<Record<string, ReadonlySet<string>>> = {
  en: new Set(ENGLISH.split(/\s+/)),
  de: new Set(GERMAN.split(/\s+/)),
};

/** Is this word of a question left out of account? Languages without a list keep every word. */
export function isStopWord(word: string, locale: string): boolean {
  return WORDS[locale.slice(0, 2)]?.has(word) ?? false;
}
