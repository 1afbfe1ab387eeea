-- outside a transaction
drop index concurrently if exists join_applications_of_link;
create index concurrently join_applications_of_link on join_applications (organization_id, link_id, state);
