-- outside a transaction
drop index concurrently if exists contact_search_terms_old;
create index concurrently contact_search_terms_old on contact_search_terms (organization_id, contact_id) where kind <> 'ANY';
