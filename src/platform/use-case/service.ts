/** A door between modules: what one offers and another calls without knowing its inside. */
export interface Service<_Contract> {
  readonly name: string;
}
export interface ProvidedService {
  readonly name: string;
  readonly implementation: unknown;
}
/** A list that modules add to, such as the kinds of business form. */
export interface RegistrationPoint<_Entry> {
  readonly name: string;
}
export interface Registration {
  readonly point: string;
  readonly entry: unknown;
}

/**
 * Names a service. Whoever offers it gives `provide(token, implementation)` in its manifest; others call `use.service(token)`.
 * @param name the module's, then what it is: `lending.shelf`. One module alone can provide it.
 */
export const service = <Contract>(name: string): Service<Contract> => ({ name });
/** Offers a service, in a manifest's `services`. */
export const provide = <Contract>({ name }: Service<Contract>, implementation: Contract): ProvidedService => ({ name, implementation });
/** Names a list that other modules add to; who asks reads it by `use.registered(point)`. @param name the module's, then what is added. */
export const registrationPoint = <Entry>(name: string): RegistrationPoint<Entry> => ({ name });
/** Adds to another module's list, in a manifest's `registrations`. */
export const register = <Entry>({ name }: RegistrationPoint<Entry>, entry: Entry): Registration => ({ point: name, entry });

/** What all loaded modules provide and have registered. */
export class Switchboard {
  readonly #services: ReadonlyMap<string, unknown>;
  readonly #registrations: readonly Registration[];
  constructor(services: readonly ProvidedService[], registrations: readonly Registration[]) {
    this.#services = new Map(services.map(({ name, implementation }) => [name, implementation]));
    this.#registrations = registrations;
  }
  service<Contract>({ name }: Service<Contract>): Contract {
    const found = this.#services.get(name);
    if (found === undefined) throw new Error(`No loaded module provides ${name}.`);
    return found as Contract;
  }
  registered<Entry>({ name }: RegistrationPoint<Entry>): readonly Entry[] {
    return this.#registrations.filter(({ point }) => point === name).map(({ entry }) => entry as Entry);
  }
}
