import { describe, expect, it } from 'vitest';
import { citedIn, isBuilt, namings, sectionsIn, testTexts } from './coverage.page.ts';
import { readText } from './repository.files.ts';

describe('the specification', () => {
  const sections = sectionsIn(readText('docs/spec.md'));
  const found = namings(testTexts());

  it('has sections, each with a line that says what of it is built', () => {
    expect(sections.length).toBeGreaterThan(70);
    expect(sections.filter(({ built }) => !built).map(({ number }) => number)).toEqual([]);
  });
  it('is named by tests where something of it is built', () => {
    expect(sections.filter((section) => isBuilt(section) && !found.has(section.number)).map(({ number }) => number)).toEqual([]);
  });
  it('has each section that a test names', () => {
    const known = new Set(sections.map(({ number }) => number));
    expect([...found.keys()].filter((number) => !known.has(number))).toEqual([]);
  });
});

describe('what is cited', () => {
  it.each([
    ['editing (spec 3.7)', ['3.7']],
    ['employees (spec 2.3b, 10.1)', ['2.3b', '10.1']],
    ['see spec 2.3 and 3.14.', ['2.3', '3.14']],
    ['version 3.4 of a specification', []],
  ])('%s', (text, sections) => {
    expect(citedIn(text)).toEqual(sections);
  });
});
