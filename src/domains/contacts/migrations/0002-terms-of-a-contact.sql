-- Whether a contact is found by a term is asked of the contacts that a seat sees, where many others have that term too.
drop index contact_search_terms_of;
create index contact_search_terms_of on contact_search_terms (organization_id, contact_id, term);
