/** Writes the subscriptions that are under way into an element, which is hidden where there is none. */
export function dockIn(element) {
  const made = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text, className: name ?? '' });
  const row = ({ title, events, last, stop }) => {
    const item = made('details', '', 'live');
    const summary = made('summary', '');
    const button = made('button', 'Stop');
    button.type = 'button';
    button.onclick = (event) => {
      event.preventDefault();
      stop();
    };
    const count = `${events} ${events === 1 ? 'event' : 'events'}`;
    summary.append(
      made('strong', title),
      made('span', count, 'count'),
      made('code', last ? JSON.stringify(last.data ?? last) : 'waiting …'),
      button,
    );
    item.append(summary, made('pre', last ? JSON.stringify(last, null, 2) : ''));
    return item;
  };
  return (running) => {
    const open = new Set([...element.querySelectorAll('details')].flatMap((item, i) => (item.open ? [i] : [])));
    element.hidden = running.length === 0;
    element.replaceChildren(...running.map(row));
    for (const [i, item] of [...element.children].entries()) item.open = open.has(i);
  };
}
