// The style of the service's own pages. The tokens are the web client's (web-client/src/style.css);
// in the dark the same ones have other values. Text has a contrast of 4.5 : 1 and more.
#pragma once

#include <string_view>

namespace hotspots::service {

inline constexpr std::string_view page_style = R"css(
:root { --ink: #1c2127; --ink-quiet: #4d555e; --line: #d5d9de; --edge: #767f89; --ground: #f4f5f6; --paper: #ffffff;
  --band-1: #5d4796; --warn: #8a2b06; --focus: #0b57d0; --demo-ground: #fff3d6; --demo-ink: #4a3500;
  color-scheme: light dark; color: var(--ink); background: var(--ground);
  font: 100%/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --ink-quiet: #aab3bc; --line: #3a424b; --edge: #8b949e;
  --ground: #14181c; --paper: #1c2127; --band-1: #b9a9e6; --warn: #ffb599; --focus: #8ab4f8;
  --demo-ground: #4a3500; --demo-ink: #fff3d6; } }
* { box-sizing: border-box; }
body { margin: 0; }
h1, h2, h3, p, dl, dd, ol, ul { margin: 0; padding: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 1.125rem; margin-top: 2rem; }
h3 { font-size: 1rem; margin-top: 1.25rem; }
a { color: var(--focus); overflow-wrap: anywhere; }
code { font: .875em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--paper); }
.skip:focus { left: .5rem; top: .5rem; z-index: 1; }
.title { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1.25rem; padding: .625rem 1rem; background: var(--paper); border-bottom: 1px solid var(--line); }
.title a { display: inline-block; min-height: 1.5rem; color: var(--ink); }
.name { font-weight: 700; }
.name a { text-decoration: none; }
.title nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; font-size: .9375rem; }
.marking { margin-left: auto; font-weight: 700; font-size: .875rem; letter-spacing: .04em; }
.demo { padding: .25rem 1rem; font-size: .875rem; background: var(--demo-ground); color: var(--demo-ink); }
main { max-width: 72rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
.way ol { display: flex; flex-wrap: wrap; gap: 0 .5rem; margin-bottom: .5rem; list-style: none; font-size: .875rem; color: var(--ink-quiet); }
.way li + li::before { content: "/"; margin-right: .5rem; }
.way a { display: inline-block; min-height: 1.5rem; }
.lead { max-width: 45rem; margin-top: .5rem; overflow-wrap: anywhere; }
.quiet { color: var(--ink-quiet); font-size: .875rem; }
.unknown { color: var(--ink-quiet); }
main ul:not([class]) { margin-top: .5rem; padding-left: 1.25rem; }
main ul:not([class]) li { margin-top: .25rem; }
.cards { list-style: none; margin-top: 1rem; display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
.cards li { padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
.cards h2 { margin: 0 0 .25rem; }
.facts { margin-top: .75rem; display: grid; grid-template-columns: minmax(7rem, max-content) minmax(0, 1fr); gap: .25rem 1rem; }
.facts dt { color: var(--ink-quiet); }
.facts dd { overflow-wrap: anywhere; }
.facts ul { padding-left: 0 !important; margin: 0 !important; list-style: none; }
.table { margin-top: 1rem; overflow-x: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
table { border-collapse: collapse; font-size: .875rem; min-width: 100%; }
caption { text-align: left; padding: .5rem .75rem; color: var(--ink-quiet); }
th, td { padding: .375rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
thead th { white-space: nowrap; font-weight: 600; color: var(--ink-quiet); }
tbody th { font-weight: 600; white-space: nowrap; }
td { max-width: 24rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.turn { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-top: 1rem; list-style: none; }
.turn a { display: inline-block; padding: .375rem .75rem; background: var(--paper); border: 1px solid var(--edge); border-radius: 3px; text-decoration: none; }
.operation { margin-top: 1rem; padding: .75rem 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
.operation h3 { margin: 0; overflow-wrap: anywhere; }
.method { display: inline-block; min-width: 3.5rem; color: var(--band-1); }
summary { cursor: pointer; min-height: 1.75rem; padding: .25rem 0; }
.operation dt { font-weight: 600; margin-top: .5rem; }
.operation dd { max-width: 50rem; }
.sign-in { display: grid; gap: .375rem; max-width: 26rem; margin-top: 1rem; padding: 1rem; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; }
.sign-in label { margin-top: .5rem; font-weight: 600; }
.sign-in label .quiet { font-weight: 400; }
.sign-in input, .sign-in select, .sign-in button { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--edge); border-radius: 3px; }
.sign-in [aria-invalid] { border: 2px solid var(--warn); }
.sign-in button { margin-top: .75rem; font-weight: 600; color: var(--paper); background: var(--band-1); border-color: var(--band-1); cursor: pointer; }
.fault { color: var(--warn); font-weight: 600; }
footer { padding: 1rem; font-size: .75rem; color: var(--ink-quiet); border-top: 1px solid var(--line); }
footer p { max-width: 72rem; margin: 0 auto; }
@media (max-width: 40rem) { thead th, tbody th { white-space: normal; } .facts { grid-template-columns: minmax(0, 1fr); gap: 0; } .facts dd { margin-bottom: .5rem; } .marking { margin-left: 0; } }
@media print { .title nav, .turn, .skip { display: none; } .table { overflow: visible; border: 0; } }
)css";

} // namespace hotspots::service
