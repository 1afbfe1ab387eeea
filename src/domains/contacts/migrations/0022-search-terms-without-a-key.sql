alter table "contact_search_terms" drop constraint "contact_search_terms_organization_id_contact_id_fkey";
