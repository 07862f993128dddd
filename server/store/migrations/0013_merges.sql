-- A merge moves a deadline: how often one clock may be moved so.
INSERT INTO rules SELECT version, 'merges', 'times', 2 FROM rule_versions;
