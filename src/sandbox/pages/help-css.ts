/** The look of the help center: calm, readable, in light and in dark, from a phone to a wide screen. */
export const HELP_CSS = `
:root {
  color-scheme: light dark;
  --page: #fbfbfd; --surface: #fff; --text: #1c1f26; --quiet: #565e6f; --line: #e2e5ec; --field: #858da0;
  --accent: #3f4dbd; --accent-soft: #eef0fc; --on-accent: #fff; --code: #f3f4f8;
  --gray: #f1f2f4; --gray-line: #c6c9d1; --blue: #e8ecfd; --blue-line: #9aa8f0; --green: #e2f4e7; --green-line: #79c793;
  --red: #fde7e8; --red-line: #f0979c; --yellow: #fdf5d9; --yellow-line: #e3c556;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14161b; --surface: #1b1e25; --text: #e8eaf0; --quiet: #a5adbd; --line: #2d323d; --field: #6f788b;
    --accent: #a3aefc; --accent-soft: #23284a; --on-accent: #14161b; --code: #22262f;
    --gray: #24272e; --gray-line: #4b515e; --blue: #1e2548; --blue-line: #5768d0; --green: #15301f; --green-line: #2f8a4e;
    --red: #3a1c20; --red-line: #a9484f; --yellow: #332b10; --yellow-line: #93791e;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text); min-height: 100vh; display: flex; flex-direction: column;
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); text-underline-offset: .18em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 1rem; top: .5rem; background: var(--surface); padding: .5rem 1rem; z-index: 2; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem 1.25rem; padding: .75rem clamp(1rem, 4vw, 2.5rem);
  background: var(--surface); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: .6rem; font-weight: 650; color: inherit; text-decoration: none; }
.mark { width: 1.5rem; height: 1.5rem; border-radius: .45rem; background: var(--accent); }
.links { display: flex; align-items: center; gap: 1rem; margin-left: auto; font-size: .9375rem; }
.ask-link { font-weight: 600; text-decoration: none; }
.locales { display: flex; gap: .25rem; list-style: none; margin: 0; padding: 0; }
.locales a, .locales span { display: block; padding: .2rem .6rem; border-radius: 1rem; text-decoration: none; }
.locales span { background: var(--accent-soft); font-weight: 600; }
main { width: 100%; max-width: 54rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2rem) 4rem; flex: 1; }
footer { border-top: 1px solid var(--line); color: var(--quiet); font-size: .875rem; padding: 1rem clamp(1rem, 4vw, 2.5rem); text-align: center; }
footer p { margin: 0; }
input, select, button { font: inherit; color: inherit; border-radius: .6rem; border: 1px solid var(--field); padding: .5rem .8rem; background: var(--surface); }
input::placeholder { color: var(--quiet); opacity: 1; }
button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; cursor: pointer; white-space: nowrap; }
button:hover { filter: brightness(1.07); }
.search { display: flex; gap: .5rem; }
.search input { flex: 1 1 10rem; min-width: 0; }
.search.compact { flex: 1 1 10rem; min-width: 0; max-width: 24rem; }
.search.compact input { padding: .35rem .8rem; }
.search.compact button { padding: .35rem .8rem; background: none; color: var(--accent); }
.search.large input, .search.large button { padding: .75rem 1.1rem; }
.hero { padding: clamp(2rem, 6vw, 4rem) 0 1.5rem; display: grid; gap: 1.25rem; }
.hero h1 { font-size: clamp(1.9rem, 5vw, 2.75rem); margin: 0; letter-spacing: -.02em; }
.ask { background: var(--accent-soft); border-radius: 1rem; padding: 1rem 1.2rem; }
.ask-title { margin: 0 0 .7rem; }
.ask-title small { color: var(--quiet); font-size: .875rem; margin-left: .35rem; }
.spark { color: var(--accent); }
.row { display: flex; flex-wrap: wrap; gap: .5rem; }
.row input { flex: 1 1 14rem; min-width: 0; }
h2.quiet { font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin: 2rem 0 .8rem; }
.cards { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); }
.card { position: relative; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; padding: 1.2rem 1.3rem; display: flex; flex-direction: column; gap: .35rem; }
.card:hover { border-color: var(--accent); }
.card h3 { margin: 0; font-size: 1.0625rem; }
.card h3 a { color: inherit; text-decoration: none; }
.card h3 a::after { content: ""; position: absolute; inset: 0; border-radius: 1rem; }
.card h3 a:focus-visible { outline: none; }
.card h3 a:focus-visible::after { outline: 3px solid var(--accent); }
.card p { margin: 0; color: var(--quiet); font-size: .9375rem; }
.card .count { margin-top: auto; padding-top: .5rem; font-size: .8125rem; }
.count { color: var(--quiet); font-size: .875rem; margin: 0; }
.list { list-style: none; margin: 1.5rem 0 0; padding: 0; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; overflow: hidden; }
.list li + li { border-top: 1px solid var(--line); }
.list a { display: block; padding: .95rem 1.3rem; color: inherit; text-decoration: none; }
.list a:hover { background: var(--accent-soft); }
.list a:focus-visible { outline-offset: -3px; }
.list .name { display: block; font-weight: 600; }
.list .about { display: block; color: var(--quiet); font-size: .9375rem; }
.crumbs { margin: 1.5rem 0 0; font-size: .9375rem; }
.crumbs ol { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem; margin: 0; padding: 0; }
.crumbs li + li::before { content: "/"; color: var(--quiet); margin-right: .3rem; }
.crumbs a { text-decoration: none; }
.crumbs a:hover { text-decoration: underline; }
.heading { margin: 1.4rem 0 1.2rem; }
.heading h1 { font-size: clamp(1.6rem, 4vw, 2.2rem); letter-spacing: -.015em; margin: 0; overflow-wrap: anywhere; hyphens: auto; }
.lead { font-size: 1.125rem; color: var(--quiet); margin: .5rem 0 0; }
.byline { color: var(--quiet); font-size: .875rem; margin: .8rem 0 0; display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
.heading + .empty, .empty { color: var(--quiet); }
.contents { border-left: 3px solid var(--accent-soft); padding: .1rem 0 .1rem 1rem; margin: 1.2rem 0 1.6rem; font-size: .9375rem; }
.contents p { margin: 0 0 .3rem; font-weight: 600; }
.contents ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .15rem; }
.contents a { text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.article-body { overflow-wrap: break-word; font-size: 1.0625rem; line-height: 1.7; }
.article-body :is(h2, h3, h4, h5, h6) { margin: 2em 0 .6em; scroll-margin-top: 1rem; }
.article-body h2 { font-size: 1.45rem; } .article-body h3 { font-size: 1.2rem; } .article-body :is(h4, h5, h6) { font-size: 1.0625rem; }
.article-body p { margin: 0 0 .9em; }
.article-body p:empty { margin: 0; height: .2em; }
.article-body li > p { margin-bottom: .3em; }
.article-body :is(ul, ol) { padding-left: 1.5rem; }
.article-body img { max-width: 100%; border-radius: .5rem; vertical-align: middle; }
.article-body hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
.article-body pre { background: var(--code); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; overflow-x: auto; font-size: .9rem; line-height: 1.5; }
.article-body code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .92em; background: var(--code); border-radius: .3rem; padding: .1em .3em; }
.article-body pre code { background: none; padding: 0; font-size: inherit; }
.article-body table { border-collapse: collapse; width: 100%; }
.article-body .intercom-interblocks-table-container { overflow-x: auto; margin: 1.2rem 0; }
.article-body :is(td, th) { border: 1px solid var(--line); padding: .55rem .8rem; text-align: left; vertical-align: top; min-width: 6rem; }
.article-body tr:first-child > :is(td, th) { background: var(--code); }
.article-body :is(td, th) > p:last-child { margin-bottom: 0; }
.article-body details { border: 1px solid var(--line); border-radius: .7rem; padding: .2rem 1.1rem; margin: 1rem 0; background: var(--surface); }
.article-body summary { cursor: pointer; padding: .6rem 0; font-weight: 600; }
.article-body summary :is(h2, h3, h4, h5, h6, p) { display: inline; font-size: inherit; margin: 0; }
.callout { border: 1px solid var(--gray-line); border-radius: .7rem; padding: .9rem 1.1rem; margin: 1.2rem 0; background: var(--gray); }
.callout > :last-child { margin-bottom: 0; }
.callout-blue { background: var(--blue); border-color: var(--blue-line); } .callout-green { background: var(--green); border-color: var(--green-line); }
.callout-red { background: var(--red); border-color: var(--red-line); } .callout-yellow { background: var(--yellow); border-color: var(--yellow-line); }
.intercom-align-center { text-align: center; } .intercom-align-right { text-align: right; }
.intercom-h2b-button { display: inline-block; background: var(--accent); color: var(--on-accent); padding: .6rem 1.2rem; border-radius: .6rem; text-decoration: none; font-weight: 600; }
.video { display: block; background: var(--surface); border: 1px solid var(--line); border-radius: .7rem; padding: 2rem 1.2rem; text-align: center; margin: 1.2rem 0; }
.answers { display: grid; gap: 1rem; margin-top: 1.5rem; }
.quote { margin: 0; background: var(--surface); border: 1px solid var(--line); border-radius: 1rem; padding: 1.1rem 1.3rem; }
.quote blockquote { margin: 0; padding-left: 1rem; border-left: 3px solid var(--accent); }
.quote blockquote p { margin: 0 0 .5em; }
.quote figcaption { margin-top: .7rem; font-size: .9375rem; color: var(--quiet); }
.also h2.quiet { margin: .6rem 0 .4rem; } .also ul { margin: 0; padding-left: 1.2rem; }
.declined { margin-top: 1.5rem; background: var(--surface); border: 1px dashed var(--field); border-radius: 1rem; padding: 1.1rem 1.3rem; }
.declined h2 { margin: 0; font-size: 1.125rem; } .declined p { margin: .3rem 0 0; color: var(--quiet); }
.team { max-width: 68rem; }
.team table { width: 100%; border-collapse: collapse; background: var(--surface); }
.team .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 1rem; }
.team :is(th, td) { text-align: left; padding: .6rem .9rem; border-bottom: 1px solid var(--line); vertical-align: top; }
.team th { font-size: .8125rem; color: var(--quiet); } .team tr:last-child td { border-bottom: 0; }
.team td.mono, .team .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .875rem; }
.state { display: inline-block; padding: 0 .55rem; border-radius: 1rem; font-size: .8125rem; border: 1px solid var(--gray-line); background: var(--gray); margin: 0 .25rem .15rem 0; white-space: nowrap; }
.badges { display: flex; flex-wrap: wrap; gap: .2rem; min-width: min-content; } .badges .state { margin: 0; }
.team .date { white-space: nowrap; } .team .count { margin-top: .4rem; } .byline { align-items: baseline; }
.state.published { border-color: var(--green-line); background: var(--green); } .state.pending { border-color: var(--yellow-line); background: var(--yellow); }
.state.failed { border-color: var(--red-line); background: var(--red); }
.edit :is(input, select) { font-weight: 400; } .team > .locales { margin-bottom: 1rem; } .team td.mono { white-space: nowrap; }
.edit { display: grid; gap: 1rem; } .edit label { display: grid; gap: .3rem; font-weight: 600; } .edit .check { display: inline-flex; gap: .4rem; align-items: center; margin-right: 1rem; font-weight: 400; }
.edit textarea { font: .9rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; min-height: 22rem; border-radius: .6rem; border: 1px solid var(--field); padding: .8rem; background: var(--surface); color: inherit; width: 100%; }
.edit fieldset { border: 1px solid var(--line); border-radius: .7rem; padding: .7rem 1rem; margin: 0; }
.edit .pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr)); }
.actions { display: flex; flex-wrap: wrap; gap: .6rem; } .button { display: inline-block; background: var(--accent); color: var(--on-accent); padding: .5rem .9rem; border-radius: .6rem; text-decoration: none; font-weight: 600; } p.actions { margin: 1rem 0; } button.plain { background: none; color: var(--accent); } button.danger { background: none; color: inherit; border-color: var(--red-line); }
.note { border: 1px solid var(--green-line); background: var(--green); border-radius: .7rem; padding: .6rem 1rem; } .note.failed { border-color: var(--red-line); background: var(--red); }
@media (max-width: 40rem) {
  .bar .search { order: 3; flex-basis: 100%; max-width: none; }
  .links { flex-wrap: wrap; margin-left: 0; width: 100%; justify-content: space-between; gap: .25rem .75rem; }
  .locales { flex-wrap: wrap; }
  .search.large { flex-wrap: wrap; } .search.large button { flex: 1; } .row button { flex: 1; }
  .team td.mono { white-space: normal; } .team .wide { display: none; } .team :is(th, td) { padding: .6rem; } .team td.title { min-width: 9rem; overflow-wrap: anywhere; } .team td.call { overflow-wrap: anywhere; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
`;
