import type { DemoSeat } from './seats.ts';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0 0 .25rem; font-size: 1.75rem; } h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
p { margin: .25rem 0 1rem; max-width: 44rem; } ol { padding-left: 1.25rem; max-width: 44rem; }
ul.seats { list-style: none; padding: 0; margin: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .75rem; }
ul.seats a { display: block; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; color: inherit; text-decoration: none; height: 100%; box-sizing: border-box; }
ul.seats a:hover, ul.seats a:focus-visible { border-color: currentColor; }
strong { display: block; } small { display: block; opacity: .75; } code { font-size: .9em; }
.flow { display: block; width: 100%; max-width: 44rem; height: auto; margin: 1rem 0; }`;

/** A form's way, as a picture: people would rather look than read. */
const FLOW = `<svg class="flow" viewBox="0 0 640 96" role="img" aria-label="A form goes from the customer to the owner, to the supervisor, and back to the customer, who confirms.">
<g fill="none" stroke="currentColor" stroke-width="1.5"><rect x="4" y="26" width="120" height="44" rx="8"/><rect x="176" y="26" width="120" height="44" rx="8"/><rect x="348" y="26" width="120" height="44" rx="8"/><rect x="516" y="26" width="120" height="44" rx="8"/><path d="M124 48h46m-7-5 7 5-7 5M296 48h46m-7-5 7 5-7 5M468 48h42m-7-5 7 5-7 5"/></g>
<g fill="currentColor" font-size="13" text-anchor="middle"><text x="64" y="45">Customer</text><text x="64" y="61" opacity=".7">places an order</text><text x="236" y="45">Owner</text><text x="236" y="61" opacity=".7">approves, picks</text><text x="408" y="45">Supervisor</text><text x="408" y="61" opacity=".7">approves as last</text><text x="576" y="45">Customer</text><text x="576" y="61" opacity=".7">confirms</text></g></svg>`;

/** The page at `/` of a demo: one link a seat. Nothing is loaded from the network. */
export function seatsPage(seats: readonly DemoSeat[]): string {
  const organizations = [...new Set(seats.map(({ organization }) => organization))];
  const sections = organizations.map((organization) => {
    const cards = seats.flatMap((seat, i) => (seat.organization === organization ? [card(seat, i)] : []));
    return `<h2>${escaped(organization.name)} <small style="display:inline">${organization.certification}${organization.hasWindow ? ', window open' : ', no window'}</small></h2><ul class="seats">${cards.join('')}</ul>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Guichet demo</title><style>${STYLE}</style></head><body>
<h1>Guichet</h1><p>Pick a seat. Each opens GraphiQL, signed in, with its part of the story as tabs. Open two side by side to see forms arrive live.</p>${FLOW}
<ol><li>As <b>Hu Yan</b>, follow your forms and place an order.</li><li>As <b>Wang Lei</b>, the owner, see the task arrive; approve it and pick Zhao Min.</li><li>As <b>Zhao Min</b>, approve as the last.</li><li>As Hu Yan, confirm. As <b>Guo Tao</b> or <b>Tang Yu</b>, try to read the contact’s phone.</li></ol>
${sections.join('\n')}
<p style="margin-top:2rem">Signing in by phone takes the code <code>246810</code>. The API is at <a href="/graphql">/graphql</a>.</p></body></html>`;
}

const card = ({ name, role, phone }: DemoSeat, i: number): string =>
  `<li><a href="/demo/${i}" target="_blank"><strong>${escaped(name)}</strong><small>${escaped(role)}</small><small>${escaped(phone)}</small></a></li>`;
