-- All of an organization share the version of its rights: whoever raises it holds its row until the end, so it is raised last.
drop trigger organizations_rights on organizations;
create constraint trigger organizations_rights after update of certification on organizations deferrable initially deferred for each row execute function raise_rights_version();
drop trigger plugin_states_rights on plugin_states;
create constraint trigger plugin_states_rights after insert or update or delete on plugin_states deferrable initially deferred for each row execute function raise_rights_version();
