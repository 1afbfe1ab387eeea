import { describe, expect, it } from 'vitest';
import { shownForm, type TemplateField } from '../index.ts';

const field = (id: string, more: Partial<TemplateField> = {}): TemplateField => ({
  id,
  name: id,
  label: id,
  kind: 'TEXT',
  required: false,
  readBy: 'EVERYBODY',
  writtenBy: 'SUBMITTER',
  ...more,
});
const FIELDS = [
  field('kind'),
  field('serial', { showWhen: { field: 'kind', op: 'EQ', value: 'repair' }, requireWhen: { field: 'kind', op: 'EQ', value: 'repair' } }),
  field('warranty', { showWhen: { field: 'serial', op: 'FILLED' }, required: true }),
];

describe('fields that are shown by conditions (spec 6.1)', () => {
  it('are there and required where the condition holds', () => {
    const { shown, required } = shownForm(FIELDS, { kind: 'repair', serial: '7' });
    expect(shown.map(({ id }) => id)).toEqual(['kind', 'serial', 'warranty']);
    expect([...required]).toEqual(['serial', 'warranty']);
  });
  it('are not there otherwise, and what they hold counts for nobody', () => {
    const { shown, required, values } = shownForm(FIELDS, { kind: 'other', serial: '7', warranty: 'w' });
    expect(shown.map(({ id }) => id)).toEqual(['kind']);
    expect(required.size).toBe(0);
    expect(values).toEqual({ kind: 'other' });
  });
});
