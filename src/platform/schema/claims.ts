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
  readonly #loaded: string[] = [];

  /** Fields are made when the schema is built, not when they are declared: who came first is known from the order of loading. */
  loads(module: string): void {
    this.#loaded.push(module);
  }

  /** @param what such as `the type Order`. @throws DeclarationError that names both modules where the name is taken */
  claim(what: string, module: string): void {
    const owner = this.#owners.get(what);
    if (owner === module) throw new DeclarationError(`${module} declares ${what} twice`, 'take one of them away');
    if (owner !== undefined) {
      const [first, second] = [owner, module].sort((one, other) => this.#loaded.indexOf(one) - this.#loaded.indexOf(other));
      throw new DeclarationError(`${first} and ${second} both declare ${what}`, 'rename it in one of them');
    }
    this.#owners.set(what, module);
  }
}
