import { dockIn } from './dock.js';
import { filled, NothingThere } from './fills.js';
import { follow, liveSubscriptions } from './live.js';
import { operationOf, paramsOf } from './operations.js';

const { fills, folder, ...options } = JSON.parse(document.getElementById('options').textContent);
const address = `${location.origin}/graphql`;

// A press on a tab would begin to drag it, which moves it away before it is let go: the click would be lost.
addEventListener('pointerdown', (event) => event.target.closest?.('.graphiql-tab') && event.stopPropagation(), true);

let pressed = null;
for (const type of ['click', 'keydown'])
  addEventListener(
    type,
    ({ target }) => {
      pressed = target;
      setTimeout(() => {
        pressed = null;
      });
    },
    true,
  );
const isChangeOfTabs = () => Boolean(pressed?.closest?.('.graphiql-session-header')) && !pressed.closest('.graphiql-tab-close');

const live = liveSubscriptions(
  (...subscription) => follow(address, ...subscription),
  isChangeOfTabs,
  dockIn(document.getElementById('live')),
);

async function send(params, headers) {
  const response = await fetch(address, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(paramsOf(params)),
  });
  return response.json();
}
async function fetched(params, headers) {
  const ask = async (query) => (await send({ query }, headers)).data;
  try {
    const { variables, filledIn } = await filled(paramsOf(params).variables, fills ?? {}, ask);
    const answer = await send({ ...params, variables }, headers);
    return Object.keys(filledIn).length ? { filledIn, ...answer } : answer;
  } catch (error) {
    if (error instanceof NothingThere) return { notSent: error.message };
    throw error;
  }
}
function fetcher(params, { headers: given } = {}) {
  const headers = Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return operationOf(params)?.kind === 'subscription' ? live(params, headers) : fetched(params, headers);
}

YogaGraphiQL.renderYogaGraphiQL(document.getElementById('root'), { ...options, fetcher });
