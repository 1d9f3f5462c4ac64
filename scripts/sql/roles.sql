-- The two reading roles of gridsvc on a server of your own, where its login may not create roles. An administrator
-- runs it once, with the name of that login:
--
--     psql -d gridsvc -v login=gridsvc -f scripts/sql/roles.sql
--
-- The private cluster, and a login with CREATEROLE, do this by themselves.
CREATE ROLE gridsvc_city NOLOGIN;
CREATE ROLE gridsvc_scoped NOLOGIN;
GRANT gridsvc_city, gridsvc_scoped TO :"login";
