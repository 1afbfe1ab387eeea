/** What a module has declared does not hold, alone or beside others: what is wrong, and how to mend it. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  readonly fault: string;
  readonly mend: string;
  constructor(fault: string, mend: string) {
    super(`${fault}; ${mend}.`);
    this.fault = fault;
    this.mend = mend;
  }
}

/** Names that modules have taken: one name has one owner. */
export class Claims {
  readonly #owners = new Map<string, string>();

  /** @param what such as `the type Order`. @throws DeclarationError that names both modules where the name is taken */
  claim(what: string, module: string): void {
    const owner = this.#owners.get(what);
    if (owner === module) throw new DeclarationError(`${module} declares ${what} twice`, 'take one of them away');
    if (owner !== undefined) throw new DeclarationError(`${owner} and ${module} both declare ${what}`, 'rename it in one of them');
    this.#owners.set(what, module);
  }
}
