import type { SharedWork } from './use-case.ts';

/**
 * Declares work that is done once, at the end of a use case, however often it was asked for: the row that all share is locked for the
 * shortest time, and after everything else. Several are done in the order of their names, which is the same for everybody.
 * @param name the module's, then what is shared: `lending.shelves`.
 * @param run is given the parts that `use.last` was given, in that order.
 *
 * @example
 * const places = shared<number>('lending.places', (use, changes) => addPlaces(use, changes.reduce((sum, one) => sum + one, 0)));
 * use.last(places, -1);
 */
export const shared = <Part>(name: string, run: SharedWork<Part>['run']): SharedWork<Part> => ({ name, run });
