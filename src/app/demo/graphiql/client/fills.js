// Variables may say what is meant instead of an id, such as "<my newest open task>": it is looked up when the tab is run, so a page that was
// opened early is as good as one that is opened now.

/** What was meant, and is not there. */
export class NothingThere extends Error {}

/**
 * Variables with what they mean in place of what they say.
 * @param fills by the text that stands in the variables: the query that finds the value, the path to it, and what is told where there is none
 * @param ask sends a query and gives its data
 * @returns the variables, and what was filled in by its path
 * @throws NothingThere
 */
export async function filled(variables, fills, ask) {
  const filledIn = {};
  const valueMeant = async ({ query, path, none }) => {
    const data = await ask(query);
    const value = path.reduce((part, step) => part?.[step], data);
    if (value === undefined || value === null) throw new NothingThere(none);
    return value;
  };
  const walk = async (value, at) => {
    if (typeof value === 'string' && Object.hasOwn(fills, value)) {
      filledIn[at.join('.')] = await valueMeant(fills[value]);
      return filledIn[at.join('.')];
    }
    if (Array.isArray(value)) return Promise.all(value.map((item, i) => walk(item, [...at, i])));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      await Promise.all(Object.entries(value).map(async ([name, item]) => [name, await walk(item, [...at, name])])),
    );
  };
  return { variables: await walk(variables, []), filledIn };
}
