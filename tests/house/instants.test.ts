import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../src/sdk/index.ts';
import { SCHEMAS } from './built-schemas.ts';

/**
 * Instants that are guarded more strictly than the id of their object. An id is a UUIDv7 and tells when it was made, so none of them may be the
 * moment of that, unless the id is random: each says what it is instead.
 */
const OTHER_MOMENTS: Readonly<Record<string, string>> = {
  'GeneralForm.updatedAt': 'when anything last happened inside',
  'Order.updatedAt': 'the same',
  'ContractReview.updatedAt': 'the same',
  'FranchiseBallot.updatedAt': 'the same',
  'FranchiseDocument.verifiedAt': 'when somebody looked at what had come',
  'UnavailableForm.updatedAt': 'the same',
  'Repair.updatedAt': 'the same',
  'RepairOrder.dueAt': 'by when it is to be done',
  'RepairOrder.ratedAt': 'when it was rated',
  'RepairVisit.nextStartsAt': 'a time that was proposed',
  'RepairVisit.nextEndsAt': 'a time that was proposed',
  'Order.receivedAt': 'when the customer confirmed',
  'Employee.seniorSince': 'a day that an admin says',
  'Contact.deletedAt': 'when it was deleted',
  'Contact.followUpOn': 'a day that somebody says',
  'FormTemplate.deletedAt': 'when it was deleted',
  'ServiceWindow.openedAt': 'its id is that of the organization',
  'Contact.lastInteractionAt': 'when there was last business',
  'Contact.updatedAt': 'when it was last edited',
  'Organization.createdAt': 'its id is random',
  'Contract.endsEarlyOn': 'a day that was agreed upon',
  'ContractVersion.sharedAt': 'when the other side was given it',
  'ContractViewer.since': 'its id is random',
};

const rolesOf = ({ extensions }: { readonly extensions: object }): readonly string[] =>
  (extensions as { rule: Rule }).rule.roles.map(({ name }) => name);
const strict = (type: GraphQLObjectType): string[] => {
  const { id, ...fields } = type.getFields();
  if (!id) return [];
  const seen = rolesOf(id);
  return Object.values(fields)
    .filter(({ type: of }) => ['DateTime', 'Date'].includes(getNamedType(of).name))
    .filter((field) => seen.some((role) => !rolesOf(field).includes(role)))
    .map(({ name }) => `${type.name}.${name}`);
};

describe('an id tells when its object was made', () => {
  it('so nothing that is guarded more strictly than the id is that moment', () => {
    const found = Object.values(SCHEMAS.staff.getTypeMap()).filter(isObjectType).flatMap(strict);
    expect(found.sort()).toEqual(Object.keys(OTHER_MOMENTS).sort());
  });
  it('and whoever sees that a contact is there reads since when', () => {
    const { id, createdAt } = (SCHEMAS.staff.getType('Contact') as GraphQLObjectType).getFields();
    expect(rolesOf(createdAt!)).toEqual(rolesOf(id!));
  });
});
