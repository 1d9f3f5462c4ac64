-- The two reading roles of gridsvc on a server of your own, and what its login needs to take them on. An administrator
-- (superuser) runs it once, with the name of that login:
--
--     psql -d gridsvc -v login=gridsvc -f scripts/sql/roles.sql
--
-- The private cluster does this by itself. BYPASSRLS: bulk loading uses COPY, which does not work under row security.
CREATE ROLE gridsvc_city NOLOGIN;
CREATE ROLE gridsvc_scoped NOLOGIN;
GRANT gridsvc_city, gridsvc_scoped TO :"login";
ALTER ROLE :"login" BYPASSRLS;
