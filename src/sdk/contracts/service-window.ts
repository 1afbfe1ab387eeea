/** Trait of a contact's seat: a member of the organization's window, which is open. Toward apps, forms and articles it has no role without it. */
export const WINDOW_MEMBER = 'WINDOW_MEMBER';
/** Trait of a contact's seat: a member of a window that is suspended. It sees the notice and nothing else (spec 5.2). */
export const WINDOW_SUSPENDED = 'WINDOW_SUSPENDED';
