-- A row that cannot be without another of its organization belongs to one by that. A key to the organization's own row makes all who write in it lock it.
alter table tags drop constraint tags_organization_id_fkey;
alter table contact_tags drop constraint contact_tags_organization_id_fkey;
alter table contact_shares drop constraint contact_shares_organization_id_fkey;
alter table contact_search_terms drop constraint contact_search_terms_organization_id_fkey;
alter table contact_history drop constraint contact_history_organization_id_fkey;
