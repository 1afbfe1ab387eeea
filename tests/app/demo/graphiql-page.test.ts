import { describe, expect, it } from 'vitest';
import { type GraphiqlPage, graphiqlPage } from '../../../src/app/demo/graphiql/graphiql.page.ts';

const headers = '{"authorization":"Bearer x"}';
const tab = { title: 'One', query: '# </script><script>alert(1)</script>\n{ me }', headers, variables: '{"a":1}' };
const page = (given: Partial<GraphiqlPage> = {}): Promise<string> =>
  graphiqlPage({ title: 'Ann', role: 'clerk', tabs: [tab], fills: {}, ...given });
const optionsOf = (html: string) => JSON.parse(/id="options">(.*?)<\/script>/s.exec(html)![1]!);

describe('the page of GraphiQL', () => {
  it('carries its tabs as data, which no browser runs', async () => {
    const html = await page({ fills: { '<one>': { query: '{ a }', path: ['a'], none: 'None.' } } });
    expect(optionsOf(html)).toEqual({
      title: 'Ann',
      fills: { '<one>': { query: '{ a }', path: ['a'], none: 'None.' } },
      folder: expect.stringMatching(/^\/graphiql\/[\w-]{16}$/),
      defaultTabs: [{ query: `# One\n${tab.query}`, headers, variables: tab.variables }],
      headers,
      variables: tab.variables,
      defaultEditorToolsVisibility: 'variables',
    });
    expect(html).not.toContain('alert(1)</script>');
    for (const [opening] of html.matchAll(/<script[^>]*>/g)) expect(opening).toMatch(/ src="\/graphiql\/|type="application\/json"/);
  });

  it('loads from its own server alone, leads back to the seats, and is small', async () => {
    const html = await page();
    const addresses = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address!);
    expect(addresses.filter((address) => !/^(\/|data:image)/.test(address))).toEqual([]);
    expect(addresses).toContain('/');
    expect(html.length).toBeLessThan(10_000);
  });

  it('says who is signed in, as text', async () => {
    const html = await page({ title: 'Ann & <Bob>', role: '"clerk"' });
    expect(html).toContain('<title>Ann &amp; &lt;Bob></title>');
    expect(html).toContain('<span>&quot;clerk&quot;</span>');
  });

  it('breaks long titles into lines, because its editor does not', async () => {
    const { defaultTabs } = optionsOf(await page({ tabs: [{ title: 'word '.repeat(30).trim(), query: '{ me }', headers }] }));
    expect(defaultTabs[0].query.split('\n').map((line: string) => line.length)).toEqual([51, 51, 51, 6]);
  });
});
