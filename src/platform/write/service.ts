/**
 * A door between modules: what one offers and another calls without knowing its inside. It is known by itself, not by its name: whoever has no
 * token has no service.
 */
export interface Service<_Contract> {
  readonly name: string;
}
export interface ProvidedService {
  readonly token: Service<unknown>;
  readonly implementation: unknown;
}
/** A list that modules add to, such as the kinds of business form; known by itself, as services are. */
export interface RegistrationPoint<_Entry> {
  readonly name: string;
}
export interface Registration {
  readonly point: RegistrationPoint<unknown>;
  readonly entry: unknown;
}

/**
 * Names a service. Whoever offers it gives `provide(token, implementation)` in its manifest; others, which name that module in their `needs`,
 * call `use.service(token)`.
 * @param name the module's, then what it is: `lending.shelf`. One module alone can provide it.
 */
export const service = <Contract>(name: string): Service<Contract> => Object.freeze({ name });
/** Offers a service, in a manifest's `services`. */
export const provide = <Contract>(token: Service<Contract>, implementation: Contract): ProvidedService => ({ token, implementation });
/** Names a list that other modules add to; who asks reads it by `use.registered(point)`. @param name the module's, then what is added. */
export const registrationPoint = <Entry>(name: string): RegistrationPoint<Entry> => Object.freeze({ name });
/** Adds to another module's list, in a manifest's `registrations`. */
export const register = <Entry>(point: RegistrationPoint<Entry>, entry: Entry): Registration => ({ point, entry });

/** Who offers a service: a module by its name; the server, to the core alone or to everybody. */
export interface OfferedService extends ProvidedService {
  readonly by: { readonly module: string } | 'server' | 'server, to everybody';
}
export interface Offers {
  readonly services: readonly OfferedService[];
  readonly registrations: readonly Registration[];
  /** Modules that each plugin reaches: itself, and those that its `needs` name. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>;
  /** The plugin whose code asks; undefined: the core's does. */
  asking(): string | undefined;
}

/** What all loaded modules provide and have registered. Code of a plugin reaches what its `needs` name. */
export class Switchboard {
  readonly #services: ReadonlyMap<Service<unknown>, OfferedService>;
  readonly #offers: Offers;
  constructor(offers: Offers) {
    this.#offers = offers;
    this.#services = new Map(offers.services.map((one) => [one.token, one]));
    for (const { by, implementation } of offers.services) if (by !== 'server') Object.freeze(implementation);
    for (const { entry } of offers.registrations) Object.freeze(entry);
  }
  /** @throws Error where no loaded module provides it, or none that the plugin which asks has named in its `needs` */
  service<Contract>(token: Service<Contract>): Contract {
    const found = this.#services.get(token);
    if (!found) throw new Error(`No loaded module provides ${token.name}.`);
    const plugin = this.#offers.asking();
    if (plugin !== undefined) this.#assertReach(plugin, found);
    return found.implementation as Contract;
  }
  registered<Entry>(point: RegistrationPoint<Entry>): readonly Entry[] {
    return this.#offers.registrations.filter((one) => one.point === point).map(({ entry }) => entry as Entry);
  }
  /** Whether code that asks now may read what belongs to a module, such as its settings. */
  reaches(module: string): boolean {
    const plugin = this.#offers.asking();
    return plugin === undefined || this.#offers.needs.get(plugin)?.has(module) === true;
  }

  #assertReach(plugin: string, { by, token }: OfferedService): void {
    if (by === 'server, to everybody') return;
    if (by === 'server') throw new Error(`The plugin ${plugin} cannot reach ${token.name}: it is the core's.`);
    if (!this.reaches(by.module)) throw new Error(`The plugin ${plugin} cannot reach ${token.name}: name ${by.module} in its needs.`);
  }
}
