/** Who can ever hold a role. `ANYBODY` includes requests without a seat. */
export type Bearer = 'EMPLOYEE' | 'CONTACT' | 'ANYBODY';
/** What a seat can be toward an object; a plugin's begins with the plugin's name, in capitals. */
export interface Role {
  readonly name: string;
  readonly bearer: Bearer;
  readonly description: string;
}

/**
 * A named permission made of roles (spec 2.4). Fields, mutations, lists and `viewerCan` cite the constant; `@auth`, the permission table
 * and the enforced checks are all printed from it, so they cannot differ.
 */
export interface Rule {
  /** `contact.edit`: domain or plugin, then act. */
  readonly name: string;
  readonly roles: readonly Role[];
  /** The admin right that makes the role ADMIN here. */
  readonly right: string | undefined;
  /** The right must be held for the whole organization: settings and imports hang on nobody's department (spec 2.3b). */
  readonly whole: boolean;
  readonly description: string;
}

interface RuleOptions {
  readonly roles: readonly Role[];
  readonly right?: string;
  readonly whole?: boolean;
  readonly description: string;
}
/**
 * Declares a rule.
 * @param name domain or plugin, then act: `lending.lend`.
 * @param options `roles`: whom it admits. `right`: the admin right that makes the role ADMIN here; `whole`: held for the whole organization.
 * @throws Error where the name is none, or nobody is admitted.
 *
 * @example
 * const lend = rule('lending.lend', { roles: [ADMIN, OWNER], right: 'CONTACTS', description: 'Admins of contacts, and the owner.' });
 */
export function rule(name: string, { roles, right, whole = false, description }: RuleOptions): Rule {
  if (!/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/.test(name)) throw new Error(`A rule is named domain.act, but this one is "${name}".`);
  if (roles.length === 0) throw new Error(`The rule ${name} admits nobody: name a role.`);
  return { name, roles, right, whole, description };
}

export const admits = (rule: Rule, role: Role): boolean => rule.roles.includes(role);
/** Whether a rule names any role that the holders of a surface can have. */
export const concerns = (rule: Rule, bearers: readonly Bearer[]): boolean => rule.roles.some(({ bearer }) => bearers.includes(bearer));

/** Anybody, signed in or not. */
export const PUBLIC: Role = { name: 'PUBLIC', bearer: 'ANYBODY', description: 'Anybody, signed in or not.' };
/** For what tells nothing about anybody; someone has to write it. */
export const publicRule = rule('public', { roles: [PUBLIC], description: 'Anybody, signed in or not.' });
