import { escaped } from './escaped.ts';
import { DEMO_SEATS, type DemoSeat } from './seats.ts';
import type { AppStory } from './stories/app-story.ts';

const STYLE = `
:root { color-scheme: light dark; --accent: light-dark(#8a1c4a, #f49ac1); --ground: light-dark(#fdfcfb, #17151a); --card: light-dark(#fff, #201d24);
  --ink: light-dark(#221c22, #efeaf0); --quiet: light-dark(#635a62, #b3a9b5); --line: light-dark(#e2dade, #3a343f); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2.5rem 1.25rem 4rem; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
h1 { margin: 0; font-size: 2rem; letter-spacing: -.01em; } h1 + p { margin: .25rem 0 0; color: var(--quiet); max-width: 42rem; }
h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; } h2 small { font-weight: 400; color: var(--quiet); margin-left: .5rem; }
h3 { margin: 1.25rem 0 .5rem; font-size: .85rem; font-weight: 600; color: var(--quiet); }
.flow { display: block; width: 100%; max-width: 44rem; height: auto; margin: 1.5rem 0 .5rem; } .flow rect { stroke: var(--accent); }
.flow text { fill: var(--ink); } .flow .quiet { fill: var(--quiet); } .flow path { stroke: var(--quiet); }
ol { margin: .5rem 0 0; padding-left: 1.4rem; max-width: 42rem; } li::marker { color: var(--accent); font-weight: 600; }
a { color: var(--accent); } code { font-size: .92em; }
.seats { list-style: none; padding: 0; margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem; }
.seats a { display: grid; grid-template-columns: 2.5rem 1fr; column-gap: .85rem; align-content: center; align-items: center; height: 100%; padding: .8rem 1rem;
  border: 1px solid var(--line); border-radius: .6rem; background: var(--card); color: inherit; text-decoration: none; transition: border-color .15s; }
.seats a:hover { border-color: var(--accent); } a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.face { grid-row: span 3; width: 2.5rem; height: 2.5rem; border-radius: 50%; display: grid; place-items: center; font-size: .85rem; font-weight: 600;
  color: var(--accent); background: color-mix(in srgb, var(--accent) 12%, transparent); }
.seats strong { font-weight: 600; } .seats small { color: var(--quiet); font-size: .85rem; line-height: 1.4; }
footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media (prefers-reduced-motion: reduce) { .seats a { transition: none; } }`;

/** A form's way, as a picture: people would rather look than read. */
const STEPS = [
  ['Customer', 'places an order'],
  ['Owner', 'approves, picks'],
  ['Supervisor', 'approves as last'],
  ['Customer', 'confirms'],
] as const;
const STRIDE = 172;
const FLOW = `<svg class="flow" viewBox="0 0 648 76" role="img" aria-label="A form goes from the customer to the owner, to the supervisor, and back to the customer, who confirms.">${STEPS.map(
  ([who, act], i) => {
    const x = 4 + i * STRIDE;
    const arrow = i + 1 < STEPS.length ? `<path d="M${x + 126} 38h36m-7-5 7 5-7 5" fill="none" stroke-width="1.5"/>` : '';
    return `<rect x="${x}" y="12" width="120" height="52" rx="9" fill="none" stroke-width="1.5"/><g font-size="13" text-anchor="middle"><text x="${x + 60}" y="34">${who}</text><text x="${x + 60}" y="52" class="quiet">${act}</text></g>${arrow}`;
  },
).join('')}</svg>`;

/** The page at `/` of a demo: one link a seat. Nothing is loaded from the network. */
export function seatsPage(stories: readonly AppStory[]): string {
  const organizations = [...new Set(DEMO_SEATS.map(({ organization }) => organization))];
  const sections = organizations.map((organization) => {
    const standing = `${organization.certification}, ${organization.hasWindow ? 'service window open' : 'no service window'}`;
    const own = DEMO_SEATS.filter((seat) => seat.organization === organization);
    return `<section><h2>${escaped(organization.name)}<small>${standing}</small></h2>${cards('Customers', 'CONTACT', own)}${cards('Employees', 'EMPLOYEE', own)}</section>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Guichet demo</title><style>${STYLE}</style></head><body>
<header><h1>Guichet</h1><p>Pick a seat. Each opens GraphiQL, signed in, with its part of the story as tabs. Open two side by side to see forms arrive live.</p></header>
<main><h2>The story</h2>${FLOW}
<h3>Ordering</h3><ol><li>As ${seatLink('hu')}, follow your forms and place an order.</li><li>As ${seatLink('wang')}, the owner, see the task arrive; approve it and pick Zhao Min.</li><li>As ${seatLink('zhao')}, approve as the last.</li><li>As Hu Yan, confirm; an order of when shipping was on is confirmed by saying that its goods have come.</li><li>As ${seatLink('guo')} or ${seatLink('tang')}, try to read the contact’s phone.</li></ol>
${stories.map(told).join('\n')}
${sections.join('\n')}</main>
<footer>Signing in by phone takes the code <code>246810</code>. The API is at <a href="/graphql">/graphql</a>.</footer></body></html>`;
}

/** The story of an app: who does what, with a link to each seat. */
const told = ({ title, steps }: AppStory): string =>
  `<h3>${escaped(title)}</h3><ol>${steps.map(({ by, does }) => `<li>As ${seatLink(by)}, ${escaped(does)}</li>`).join('')}</ol>`;

const pathOf = (seat: DemoSeat): string => `/demo/${DEMO_SEATS.indexOf(seat)}`;

function cards(title: string, kind: DemoSeat['kind'], seats: readonly DemoSeat[]): string {
  const items = seats.flatMap((seat) => (seat.kind === kind ? [card(seat)] : []));
  return `<h3>${title}</h3><ul class="seats">${items.join('')}</ul>`;
}

function card(seat: DemoSeat): string {
  const initials = seat.name.replace(/(\w)\w*\s*/g, '$1');
  return `<li><a href="${pathOf(seat)}" target="_blank"><span class="face" aria-hidden="true">${escaped(initials)}</span><strong>${escaped(seat.name)}</strong><small>${escaped(seat.role)}</small><small>${seat.phone}</small></a></li>`;
}

function seatLink(key: string): string {
  const seat = DEMO_SEATS.find((one) => one.key === key)!;
  return `<a href="${pathOf(seat)}" target="_blank">${escaped(seat.name)}</a>`;
}
