/** The shapes that travel over /api/v1: made by scripts/openapi from docs/openapi.json, never edited by hand. */

export interface paths {
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description The account behind the session.
         */
        get: operations["who_am_i"];
        put?: never;
        /**
         * Log in
         * @description Start a session; its token is an http-only cookie that scripts cannot read. A former session here ends.
         *
         *     Too many failures under a name or from an address make the next attempt wait (429 with `Retry-After`).
         */
        post: operations["log_in"];
        /**
         * Log out
         * @description End the session.
         */
        delete: operations["log_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose another password
         * @description The other logins of the account end. A wrong old password counts like a failed login.
         */
        post: operations["change_my_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My logins
         * @description Every place where one is logged in.
         */
        get: operations["list_my_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of my logins
         * @description Whoever uses it is logged out with their next request.
         */
        delete: operations["end_my_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make accounts from a table
         * @description Each row is an account with its role; it gets a one-time password.
         *
         *     Columns: username 用户名, display_name 姓名, role 角色; if wanted node 所属, over 管辖, until 有效期至, worker 工号.
         */
        post: operations["import_accounts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accounts
         * @description Accounts that one looks after, by user name.
         */
        get: operations["list_accounts"];
        put?: never;
        /**
         * Make an account
         * @description The account has no role yet; see `POST …/grants`. Sent twice, the second is refused: the user name is taken.
         */
        post: operations["create_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One account
         * @description An account that one looks after; 404 for any other.
         */
        get: operations["get_account"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit an account
         * @description Another name to be shown, another node. Who administers the account follows the node.
         */
        patch: operations["edit_account"];
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disable an account
         * @description Nobody can use it from this moment on: its logins end, its programs' tokens are refused. Nothing is erased.
         */
        post: operations["disable_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enable an account
         * @description It can be used again, with the password and the tokens it had.
         */
        post: operations["enable_account"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a one-time password
         * @description The old password no longer works and every login ends; the new one is good for one login within 14 days.
         */
        post: operations["reset_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/revoke-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End every login of an account
         * @description For a lost phone: whoever has it is logged out with their next request. The password stays.
         */
        post: operations["revoke_sessions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/grants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Grants of an account
         * @description Past, present and coming ones.
         */
        get: operations["list_grants"];
        put?: never;
        /**
         * Give a role
         * @description Over a node in one's own reach.
         */
        post: operations["give_grant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/accounts/{account_id}/grants/{grant_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a grant
         * @description It ends now and stays in the list; one that has not begun is taken back.
         */
        delete: operations["end_grant"];
        options?: never;
        head?: never;
        /**
         * Let a grant end at another moment
         * @description Now or later; a grant that has ended stays as it was.
         */
        patch: operations["change_grant"];
        trace?: never;
    };
    "/api/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tokens
         * @description Ended ones too. No token is shown again.
         */
        get: operations["list_tokens"];
        put?: never;
        /**
         * Make a token
         * @description For a program, which sends it as `Authorization: Bearer …`. No Idempotency-Key: its answer would be kept.
         */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke a token
         * @description It is refused from the next request on, and stays in the list.
         */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The table of rights
         * @description As it is in force.
         */
        get: operations["read_rights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rights/{role}/{permission}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Fill a cell of the table of rights
         * @description In force from the next request on, for everybody with the role. Only for whoever edits rights city-wide.
         */
        put: operations["set_right"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/management-nodes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The management tree
         * @description The nodes that one administers, as they stand at a moment.
         */
        get: operations["list_management_nodes"];
        put?: never;
        /**
         * Add a node that is no area
         * @description Under a node that one administers.
         */
        post: operations["add_management_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/management-nodes/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One node of the management tree
         * @description A node that one administers; 404 for any other.
         */
        get: operations["get_management_node"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Rename a node
         * @description The name of the area that it runs is not touched.
         */
        patch: operations["rename_management_node"];
        trace?: never;
    };
    "/api/v1/management-nodes/{code}/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a node from elsewhere
         * @description With all below it. Who sees it and may act in it follows at that moment.
         */
        post: operations["delegate_management_node"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/management-nodes/{code}/delegations/{delegation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a delegation
         * @description The node is run from its own parent again; a delegation that has not begun is taken back.
         */
        delete: operations["end_management_delegation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the audit
         * @description What was done by whom, when, from where, to which object and with what result, the newest first.
         */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the audit
         * @description The same rows as a file, at most 50,000; the export is itself recorded.
         */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Settings that may change at run time
         * @description With the bounds of each; the others are the machine's (`docs/settings.md`).
         */
        get: operations["read_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change settings at run time
         * @description In force for every request that comes after the answer. null takes a setting back to the environment's value.
         */
        patch: operations["change_settings"];
        trace?: never;
    };
    "/api/v1/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Codes of refusals
         * @description Every stable code with its status and meaning; `detail` and `message` of a refusal are words and may change.
         */
        get: operations["problem_codes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Names of the city's own classes and kinds
         * @description Classes and channels of incidents and kinds of visit, in the city's order.
         */
        get: operations["catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/locate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which grid has this point, and who answers?
         * @description The grid, its community, street and district, the net version, the distance to the border, and who answers.
         *
         *     A point on a shared border belongs to the smallest code; near a border `in_border_band` is true.
         */
        get: operations["locate_point"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole net, exactly
         * @description Every grid of the base net at a moment as one FeatureCollection, seven decimals, for other systems.
         */
        get: operations["grids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Blocks in a box
         * @description At most 2,000 blocks that touch the box.
         */
        get: operations["blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{code}/doors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Doors of a grid
         * @description Registered doors inside the grid, if it is in one's jurisdiction.
         */
        get: operations["doors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search by code, name or worker
         * @description Areas and grids by code or name, and workers of one's jurisdiction by name or number, with their grids.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/net/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health of the net
         * @description Every place where grids do not tile their communities at a moment, as features with kind and size in m².
         *
         *     The member `summary` has the figures. A net without faults has no features.
         */
        get: operations["net_check"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One grid
         * @description The grid that bears the code at a moment, if it is in one's jurisdiction.
         */
        get: operations["card"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/documents/{kind}/{name}.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Geometry of one state
         * @description Grids of a net version, areas or backdrop at display precision (six decimals); `/view` gives the addresses.
         */
        get: operations["document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/imports/{layer}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring in a layer from a file
         * @description All features of the file or none. A refusal names features; with `dry_run` the report does, and answers 200.
         */
        post: operations["import_layer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the map shows
         * @description Net version, addresses of the geometry, and what the pages need to know about the city.
         */
        get: operations["view"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Status of every grid
         * @description Staffing, patrol status, last visit and open incidents of every grid as columns, and the headline figures.
         *
         *     Unchanged since the ETag one has: 304. The moment itself and what only counts time do not make a change. Door
         *     coverage and the numbers by day may be up to a minute old; they say which moment they speak of. The rest is at most
         *     five seconds old, and only while nothing was written.
         */
        get: operations["status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Counts
         * @description How many grids, vacancies, workers, doors, incidents and visits there are; records count up to the moment.
         */
        get: operations["stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open incidents on the map
         * @description Incidents open at the moment that have a place and lie in one's jurisdiction.
         */
        get: operations["points"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents, page by page
         * @description Incidents of a state in one's jurisdiction, newest first: open, closed, all, or routed, unlocated, outside.
         */
        get: operations["incidents"];
        put?: never;
        /**
         * Report an incident
         * @description Stored, located and routed in one transaction, by the net effective at the moment it is routed.
         */
        post: operations["report_incident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incident_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One incident
         * @description The report as received, each routing decision with the net version it was made by, and the log.
         *
         *     At a moment before it was received there is none.
         */
        get: operations["incident"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visit-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Kinds of visit
         * @description The catalogue as data; the shipped one is an example.
         */
        get: operations["visit_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visit-kinds/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Add or change a kind of visit
         * @description From then on it is the city's own and no example. Services and patrols are separate kinds.
         */
        put: operations["set_visit_kind"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My grids
         * @description The grids that the worker behind the account holds as main or backup, or covers, at a moment.
         */
        get: operations["my_grids"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My visits
         * @description What the worker behind the account logged last.
         */
        get: operations["my_visits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Visits
         * @description Visits made up to a moment in one's jurisdiction, the last received first; void ones are told as such.
         */
        get: operations["visits"];
        put?: never;
        /**
         * Log a visit
         * @description Stored once however often it is sent; only an account that belongs to a worker can log visits.
         */
        post: operations["log_visit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log many visits
         * @description At most 50 visits of the worker behind the account. Each is stored whole or refused for itself.
         *
         *     Everything accepted is on the disk when the answer comes. Without an answer, send the same again.
         */
        post: operations["log_visits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{visit_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One visit
         * @description A visit that is one's own or lies in one's jurisdiction.
         */
        get: operations["visit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{visit_id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Judge a flagged visit
         * @description Says once whether a flagged visit counts; the visit itself stays as it is.
         */
        post: operations["review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/register-corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Corrections of the register
         * @description What workers found wrong in one's jurisdiction, the oldest first.
         */
        get: operations["corrections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/register-corrections/{correction_id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on a correction
         * @description Confirmed, it counts from the day of the visit on; refused, the register stays as it is.
         */
        post: operations["decide"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/photos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Store a photo
         * @description The body is the file: JPEG, PNG or WebP, at most 8 MB and 50 million pixels. Position data is left behind.
         *
         *     The same file again gives the same hash. A photo that no visit shows a day later is taken away.
         */
        post: operations["add_photo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits/{visit_id}/photos/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A photo of a visit
         * @description Shown to the worker who took it, and to whoever reads visits in whose jurisdiction the visit lies.
         */
        get: operations["photo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My duties
         * @description The list of the day of the worker behind the account.
         */
        get: operations["my_duties"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visit-norms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Norms of visits
         * @description How often each class of care, grids and doors are to be visited, as in force at a moment.
         */
        get: operations["visit_norms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visit-norms/{target}/{class_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a norm
         * @description From `since` on; what was due before stays. `class_key` is a class of care, or `all` for grids and doors.
         */
        put: operations["set_norm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The working calendar
         * @description So many days from `start` on. Where the national calendar ends, weekdays are working days: see `source`.
         */
        get: operations["calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendar/{day}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Declare a day
         * @description A working or a free day of the city; it goes before every calendar.
         */
        put: operations["set_day"];
        post?: never;
        /**
         * Leave a day to the calendar
         * @description What the city had declared is forgotten.
         */
        delete: operations["forget_day"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duty-pauses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pause a duty
         * @description In hospital, moved away for a while, under rebuilding: due times wait for the end of the pause.
         */
        post: operations["pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/duty-pauses/{pause_id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a pause
         * @description From now on due times run again.
         */
        post: operations["end_pause"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note a major change
         * @description Somebody then has to look within the hours of the norm.
         */
        post: operations["note_change"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol-routes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Planned rounds
         * @description The rounds planned in one's jurisdiction; those out of use only when all are asked for.
         */
        get: operations["routes"];
        put?: never;
        /**
         * Plan a round
         * @description Each stop must exist; every fault is told at once, by the number of the stop.
         */
        post: operations["plan_route"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrol-routes/{route_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One planned round
         * @description With the tag of its revision.
         */
        get: operations["route"];
        /**
         * Change a planned round
         * @description Rounds under way keep the stops they began with; the grid stays.
         */
        put: operations["change_route"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a round
         * @description Stored once however often it is sent; the stops are those of the route now.
         */
        post: operations["start_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{patrol_id}/finish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a round
         * @description The worker's own round, by the service's identifier or the device's. Ending it again changes nothing.
         */
        post: operations["finish_round"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/patrols/{patrol_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One round
         * @description A round that is one's own or lies in one's jurisdiction.
         */
        get: operations["round_"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Coverage of a period
         * @description All figures of a period, right for any past time, as known now or at an earlier moment.
         */
        get: operations["figures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/grids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Door coverage by grid
         * @description By the net at the period's end, in order of the codes. A large part of the city takes its time.
         */
        get: operations["by_grid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/doors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Doors behind door coverage
         * @description The doors registered at the period's end, in order of their codes.
         */
        get: operations["doors_behind"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/duties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Duties behind care and duty coverage
         * @description People first for those who may read care, then grids. Those of a sensitive class are told to few.
         */
        get: operations["duty_lines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/coverage/patrol-stops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stops behind patrol coverage
         * @description The stops of the rounds that began in the period, in order of time; missed ones by name.
         */
        get: operations["patrol_stops"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sync": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed for my phone
         * @description Each part is sent again only when it differs from what the phone has. Notes that the device was heard from.
         */
        get: operations["sync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workers
         * @description Workers of one's jurisdiction by number, with their load at a moment.
         */
        get: operations["list_workers"];
        put?: never;
        /**
         * Take a worker on
         * @description `notes` says no_account as long as the worker cannot log in and so gets no list on the phone.
         */
        post: operations["add_worker"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers/{worker_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One worker
         * @description Functions, grids, leaves and load at a moment.
         */
        get: operations["get_worker"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a worker
         * @description Name, phone or community; the number stays for ever.
         */
        patch: operations["change_worker"];
        trace?: never;
    };
    "/api/v1/workers/{worker_id}/leave-service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a worker leave the service
         * @description Refused, with every piece, while open work would be left (`/workers/{worker_id}/open-work`).
         */
        post: operations["leave_service"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers/{worker_id}/functions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Functions of a worker
         * @description What was done before stays readable by `as_of`.
         */
        put: operations["set_functions"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/responsibilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a grid to somebody
         * @description An appointment or a transfer from a day on, also of the past: what was known then stays as it was known.
         */
        post: operations["give_grid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{code}/responsibilities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who holds a grid, then and now
         * @description As known now, as known at a moment (`known_at`), or every version that was ever recorded.
         */
        get: operations["grid_responsibilities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Leaves
         * @description Leaves that touch a month, by their beginning; as known now or at a moment.
         */
        get: operations["list_leaves"];
        put?: never;
        /**
         * Ask for a leave
         * @description It counts when it is approved. Refused with the reason: no end, an overlap, a cover who is away or oneself.
         */
        post: operations["request_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/leaves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My leaves
         * @description Leaves of the worker behind the account that are not over for more than a year, by their beginning.
         */
        get: operations["my_leaves"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/leaves/{leave_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take my leave back
         * @description A requested one is withdrawn, an approved one cancelled; one that has begun ends now.
         */
        post: operations["withdraw_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Calendar of leave
         * @description Requested and approved leaves of a community that touch a month, and how many are away on each day.
         */
        get: operations["leave_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One leave
         * @description With who covers each grid of the worker.
         */
        get: operations["get_leave"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve a leave
         * @description From then on it counts; the answer names who covers each grid, or that nobody does.
         */
        post: operations["approve_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}/refuse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuse a leave
         * @description With a reason, which the worker sees.
         */
        post: operations["refuse_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a leave back
         * @description A requested one is withdrawn, an approved one cancelled; one that has begun ends now.
         */
        post: operations["cancel_leave"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say who covers a leave
         * @description By hand; null lets the backups cover again.
         */
        put: operations["cover_leave"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Posts: quota, filled, vacant
         * @description Posts authorised at a moment; `total` counts the whole area, whatever else is asked for.
         */
        get: operations["list_posts"];
        put?: never;
        /**
         * Authorise a post
         * @description Refused when the number is taken, or names a worker or station that is not registered.
         */
        post: operations["add_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Quota, filled and vacant by area, station or kind
         * @description Three numbers for each community, station or kind of post at a moment.
         */
        get: operations["post_quota"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/posts/{number}/worker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Fill a post, or leave it vacant
         * @description A worker gives up the post they had; who filled it before stays readable by `as_of`.
         */
        put: operations["fill_post"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stations
         * @description Stations by code with their state at a moment.
         */
        get: operations["list_stations"];
        put?: never;
        /**
         * Register a station
         * @description The place is in degrees, WGS 84.
         */
        post: operations["add_station"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/stations/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Open or close a station
         * @description A planned station becomes an open one, and an open one a closed one.
         */
        patch: operations["change_station"];
        trace?: never;
    };
    "/api/v1/stations/{code}/supervision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Supervision of a station
         * @description Records that touch the month; of those that reach beyond it, only the hours inside count.
         */
        get: operations["station_supervision"];
        put?: never;
        /**
         * Note supervision
         * @description After it was held; refused when the same supervisor is noted there for that time already.
         */
        post: operations["add_supervision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/supervision/{supervision_id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void a record of supervision
         * @description It stays to be seen, with the reason, and counts no more.
         */
        post: operations["void_supervision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{code}/team": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Team of a grid
         * @description Volunteers and other residents are masked for whoever neither manages people nor answers for the grid.
         */
        get: operations["get_team"];
        put?: never;
        /**
         * Join the team of a grid
         * @description Roles are the city's own list.
         */
        post: operations["join_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/team/{member_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Leave a team
         * @description From now on; who belonged to a team before stays readable by `as_of`.
         */
        delete: operations["leave_team"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/norms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Profiles of staffing norms
         * @description Profiles valid at a moment, with their rules and numbers.
         */
        get: operations["list_norms"];
        put?: never;
        /**
         * Change a profile of norms
         * @description A new profile, or the next version of one. Refused by rule and field.
         */
        post: operations["add_norms"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/norms/breaches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What falls short of the norms
         * @description At a moment, in what one may see of an area; at most 5,000 are listed, `total` says how many there are.
         */
        get: operations["norm_breaches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Bring people in from a table
         * @description All rows or none; each goes through the same rules as if it were entered by hand, with one's own rights.
         */
        post: operations["import_people"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/export.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People as a table
         * @description Rows of one's jurisdiction at a moment. That it was taken is noted before it goes out.
         */
        get: operations["export_people"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-classes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Classes of people to be visited
         * @description The catalogue as data; the shipped one is an example.
         */
        get: operations["list_care_classes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * People to be visited
         * @description Those registered at the moment, in one's jurisdiction or paired with oneself, by community and number.
         */
        get: operations["list_care_subjects"];
        put?: never;
        /**
         * Register somebody
         * @description Registered from now on. The answer is masked like every other.
         */
        post: operations["create_care_subject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-subjects/{subject_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One to be visited
         * @description Masked, unless one is paired with them; `POST …/unmask` shows them in the clear for a reason.
         */
        get: operations["get_care_subject"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Amend what is registered
         * @description Fields that are named are changed, the others stay; made on the revision that If-Match names.
         */
        patch: operations["change_care_subject"];
        trace?: never;
    };
    "/api/v1/care-subjects/{subject_id}/unmask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * See somebody in the clear
         * @description Every value as it is. Who, whom and why is recorded before the answer leaves.
         */
        post: operations["unmask_care_subject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-subjects/{subject_id}/pairings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pair a worker
         * @description From now on the worker sees the subject in the clear, wherever they live. A second pairing is refused.
         */
        post: operations["create_care_pairing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/care-subjects/{subject_id}/pairings/{pairing_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a pairing
         * @description The worker looks after the subject no longer, from now on.
         */
        delete: operations["end_care_pairing"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Hand-overs
         * @description Those of one's jurisdiction and one's own, the newest first.
         */
        get: operations["list_handovers"];
        put?: never;
        /**
         * Hand grids over
         * @description The other worker answers for the grids from the moment on; what was accepted waits until it is taken over.
         */
        post: operations["hand_over"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My hand-overs
         * @description Those that wait for somebody, of which the worker behind the account is a side.
         */
        get: operations["my_handovers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One hand-over
         * @description With every open piece of work.
         */
        get: operations["get_handover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}/list.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hand-over list as a table
         * @description The same items with Chinese headers. That it was taken is noted before it goes out.
         */
        get: operations["handover_sheet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}/give": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm what I hand over
         * @description The giver says that the list is complete; for one who cannot, whoever manages hand-overs does.
         */
        post: operations["give"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}/take": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that I take over
         * @description Accepted incidents and pairings are the taker's from now on.
         */
        post: operations["take"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a hand-over back
         * @description One that nobody took; who is responsible for the grids stays as it is.
         */
        post: operations["cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/handovers/{handover_id}/taker": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Name who takes over
         * @description Of the open work; who answers for the grids is a matter of /responsibilities.
         */
        put: operations["set_taker"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/leaves/{leave_id}/handovers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand over for a leave
         * @description One hand-over to each who covers; grids that nobody covers make one that waits for a taker.
         */
        post: operations["leave_handovers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workers/{worker_id}/open-work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a worker would leave behind
         * @description Grids, accepted incidents, pairings, rounds and hand-overs, at a moment or later.
         */
        get: operations["open_work"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incident_id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take an incident on
         * @description It stays one's own, wherever its grid goes, until somebody else accepts it.
         */
        post: operations["accept_incident"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/incidents/{incident_id}/holders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who took an incident on
         * @description In order of time.
         */
        get: operations["incident_holders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/cases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Incidents I took on
         * @description Open ones, the oldest first.
         */
        get: operations["my_cases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moves": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes of many grids
         * @description The newest first.
         */
        get: operations["list_moves"];
        put?: never;
        /**
         * Preview a change of many grids
         * @description Nothing changes yet; what the change would be refused for is refused here, grid by grid.
         */
        post: operations["preview_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moves/{move_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One change of many grids
         * @description How far it is.
         */
        get: operations["get_move"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moves/{move_id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Carry a change out
         * @description By the job process, all or nothing; ask again for how far it is.
         */
        post: operations["run_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/moves/{move_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo a change of many grids
         * @description The grids go back from now on; what was in between stays as it was.
         */
        post: operations["undo_move"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is done to workers here, and what never
         * @description For everybody with a login.
         */
        get: operations["get_policy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policy/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Switch a line of the profile
         * @description Check-ins, rankings, online time and tracks are never switched on.
         */
        put: operations["set_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plans
         * @description Plans all of whose communities lie in one's jurisdiction, the one changed last first.
         */
        get: operations["list_plans"];
        put?: never;
        /**
         * Open a plan
         * @description A draft over these communities, drawn as the net is now.
         */
        post: operations["open_plan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One plan
         * @description The plan, the steps before it, what was decided, and other plans over the same ground; 404 outside one's own.
         */
        get: operations["get_plan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit a plan
         * @description Title, reason, the day it is to take effect, and its public notice, while it is not published.
         */
        patch: operations["edit_plan"];
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hand a plan in for review
         * @description Nobody draws on it from then on. Refused with the findings that must be mended first.
         */
        post: operations["submit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve the next step
         * @description By somebody who did not work on it and whose jurisdiction reaches the level of the step.
         */
        post: operations["approve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/send-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a plan back
         * @description It is a draft again; the comment says what has to change.
         */
        post: operations["send_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/take-back": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a plan a draft again
         * @description By its planners, while it is in review or approved.
         */
        post: operations["take_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a plan up
         * @description A plan that was never published; it stays on record.
         */
        post: operations["discard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/communities/{community}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A community as it is drawn
         * @description The drawn grids beside those of today, the frozen outline, and what the drawing comes to: counts alone.
         */
        get: operations["get_drawing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/communities/{community}/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The blocks of a community of a plan
         * @description GeoJSON of the blocks with their codes, names and counts: what is painted with.
         */
        get: operations["get_blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/communities/{community}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draw
         * @description One operation on a draft. A refusal carries the geometry it is about, and the draft stays as it was.
         */
        post: operations["operate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo
         * @description Take up the draft as it was before its last operation.
         */
        post: operations["undo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/redo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Do again
         * @description Do again what was undone last.
         */
        post: operations["redo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/operations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done
         * @description Every operation on the plan, also those undone, in order.
         */
        get: operations["get_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/findings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is to be seen about a plan
         * @description All checks as they would be made on handing in and on publishing.
         */
        get: operations["get_findings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/communities/{community}/division": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Propose a division
         * @description Connected grids of whole blocks, nearly equal; the same for the same seed. Nothing is drawn.
         */
        post: operations["propose"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a plan
         * @description From that instant on codes, posts, duties and routing are those of the new net. Only a new plan takes it back.
         */
        post: operations["publish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw a published plan
         * @description Before it takes effect: everything is as if it had not been published, but its codes are never given again.
         */
        post: operations["withdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prepare taking a plan back
         * @description A new draft whose grids have the borders from before the plan took effect.
         */
        post: operations["revert"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/carry-over": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom a plan took over
         * @description Grids that the plan made or merged, with their workers until they are confirmed.
         */
        get: operations["get_carry_over"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/carry-over/{grid_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm who was taken over
         * @description Or appoint another of the candidates.
         */
        post: operations["confirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a plan passes on
         * @description For each worker the doors gained and given and the open incidents, by who answers as known now.
         */
        get: operations["get_plan_handover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/handover.xlsx": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a plan passes on, as a table
         * @description A sheet of sums and one for each worker, with every door and open incident. Noted before it goes out.
         */
        get: operations["get_plan_handover_table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/plans/{plan_id}/rebase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draw a draft on the net of now
         * @description Communities whose grids moved on are drawn anew by the operations that still can be done; the others stay.
         */
        post: operations["rebase"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/grids/{code}/life": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where did a code go?
         * @description Every stage of the grids that ever bore the code, with where each came from and went to.
         */
        get: operations["get_life"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/net-versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * States of the net
         * @description All states of the net in order of effect, also those that are published and still to come.
         */
        get: operations["list_net_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/concordance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Old grids beside new ones
         * @description What part of each grid of the earlier moment is in which grid of the later one.
         */
        get: operations["get_concordance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/concordance.{form}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Old grids beside new ones, as a table
         * @description CSV or Excel with Chinese headers.
         */
        get: operations["get_concordance_table"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The nets of two moments
         * @description The grids that are not the same at both moments, with their borders then.
         */
        get: operations["compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changes as they happen
         * @description Events `change` with {"kind": "visit" | "incident" | "net", "grid": code or null}; ask anew for what changed.
         *
         *     The stream holds a connection of its own and no database session.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures for Prometheus
         * @description Whoever has `metrics.read` may see them; where the setting allows it, also any program on the same machine.
         */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Does the process live?
         * @description Answers even while every worker thread waits for the database.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it work?
         * @description Answers 200 when it can work, also "degraded", and 503 when it cannot; either way with the state of each check.
         *
         *     What is wrong in words, and the cure, is told by `/api/v1/system` and by `gridsvc doctor`.
         */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/system": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is well and what is not, with the cure
         * @description Every check with its finding and, where it is not well, what to do.
         */
        get: operations["system_state"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountChange
         * @description What is to be different; what is left out stays.
         * @example {
         *       "display_name": "王丽（示例）"
         *     }
         */
        AccountChange: {
            /** @default  */
            display_name: string;
            node?: string | null;
        };
        /**
         * AccountImport
         * @description What became of a table, or would; with one rejected row nothing is stored.
         * @example {
         *       "accepted": 1,
         *       "accounts": [
         *         {
         *           "display_name": "王丽（示例）",
         *           "node": "340302001001",
         *           "role": "worker",
         *           "row": 2,
         *           "username": "wang.li",
         *           "worker": "W0001"
         *         }
         *       ],
         *       "dry_run": true,
         *       "faults": [
         *         {
         *           "code": "unknown_role",
         *           "message": "There is no such role.",
         *           "place": "row 3, role"
         *         }
         *       ],
         *       "faults_total": 1,
         *       "read": 2,
         *       "rejected": 1
         *     }
         */
        AccountImport: {
            dry_run: boolean;
            read: number;
            accepted: number;
            rejected: number;
            accounts: components["schemas"]["RowAccount"][];
            faults: components["schemas"]["RowFault"][];
            faults_total: number;
        };
        /**
         * AccountItem
         * @description An account. `node` is the node of the management tree whose administrators look after it; null: the city's.
         * @example {
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "display_name": "王丽（示例）",
         *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *       "must_change_password": false,
         *       "node": "340302001000",
         *       "revision": 3,
         *       "roles": [
         *         "dispatcher"
         *       ],
         *       "state": "active",
         *       "username": "wang.li"
         *     }
         */
        AccountItem: {
            /** Format: uuid */
            id: string;
            username: string;
            display_name: string;
            node?: string | null;
            /** @description The roles held now. */
            roles: string[];
            /** @enum {string} */
            state: "active" | "disabled";
            must_change_password: boolean;
            /** Format: date-time */
            created_at: string;
            disabled_at?: string | null;
            revision: number;
        };
        /**
         * AccountOut
         * @description An account and what it may do.
         */
        AccountOut: {
            username: string;
            display_name: string;
            roles: string[];
            permissions: string[];
            worker: components["schemas"]["gridsvc__api__session__WorkerOut"] | null;
            /**
             * @description The password was for one use: nothing else is allowed before POST /api/v1/session/password.
             * @default false
             */
            must_change_password: boolean;
        };
        /**
         * AnswerOut
         * @description Who answers for a grid. All names are null, and `hidden` is true, outside one's jurisdiction.
         */
        AnswerOut: {
            main?: components["schemas"]["MainOut"] | null;
            vacancy?: components["schemas"]["VacancyOut"] | null;
            backup?: components["schemas"]["PersonOut"] | null;
            answers?: components["schemas"]["AnsweringOut"] | null;
            until?: string | null;
            /** @default false */
            hidden: boolean;
        };
        /**
         * AnsweringOut
         * @description Who really answers now, and as what: main, backup, or cover for a leave.
         */
        AnsweringOut: {
            id: string;
            name: string;
            phone?: string | null;
            /** @enum {string} */
            role: "main" | "backup" | "cover";
        };
        /**
         * ApprovalIn
         * @description An approval; who covers may be named, else the backups do, or the city's rule finds somebody.
         * @example {}
         */
        ApprovalIn: {
            cover_worker_id?: string | null;
            note?: string | null;
        };
        /**
         * AreaProperties
         * @description An administrative area; households and population are sums over its blocks, null where none is registered.
         */
        AreaProperties: {
            code: string;
            name: string;
            level: number;
            kind: string;
            parent_code: string | null;
            synthetic: boolean;
            has_grids: boolean;
            pilot: boolean;
            households: number | null;
            population: number | null;
        };
        /**
         * AuditRow
         * @description One thing that was done, refused or failed.
         * @example {
         *       "access": "session",
         *       "account_id": "01a2005f-b6a0-7225-86d5-b56e70cef451",
         *       "action": "care.unmask",
         *       "address": "10.1.2.3",
         *       "at": "2026-11-21T08:00:00+08:00",
         *       "detail": {
         *         "number": "C00001"
         *       },
         *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *       "object_id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
         *       "object_kind": "care_subject",
         *       "reason": "电话联系家属（示例）",
         *       "result": "done",
         *       "roles": [
         *         "supervisor"
         *       ],
         *       "username": "supervisor"
         *     }
         */
        AuditRow: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            account_id: string | null;
            username: string;
            roles: string[];
            access: string;
            address: string | null;
            action: string;
            object_kind: string;
            object_id: string | null;
            /** @enum {string} */
            result: "done" | "refused" | "failed";
            reason: string | null;
            detail: {
                [key: string]: unknown;
            };
        };
        /**
         * BalanceOut
         * @description How much a worker gains and gives.
         */
        BalanceOut: {
            worker_id: string | null;
            number: string | null;
            name: string | null;
            doors_gained: number;
            doors_given: number;
            incidents_gained: number;
            incidents_given: number;
        };
        /**
         * BatchIn
         * @description Visits of one worker, in any order.
         */
        BatchIn: {
            visits: components["schemas"]["BatchVisitIn"][];
        };
        /**
         * BatchOut
         * @description An answer for each visit, in the order sent.
         */
        BatchOut: {
            items: components["schemas"]["ItemOut"][];
        };
        /**
         * BatchVisitIn
         * @description A visit of a batch: its identifier is the device's own, for an answer may be lost and everything sent again.
         * @example {
         *       "client_id": "5a9c9d0a-6a35-4a2f-8a53-9a1c3d6b7e22",
         *       "grid_code": "340302001001001",
         *       "kind": "care_visit",
         *       "occurred_at": "2026-11-20T09:05:00+08:00",
         *       "result": "done"
         *     }
         */
        BatchVisitIn: {
            /**
             * Format: uuid
             * @description The device's own identifier; sent again, nothing is added.
             */
            client_id: string;
            kind: string;
            /**
             * @description `withdrawn` only corrects: the visit was not made.
             * @default done
             * @enum {string}
             */
            result: "done" | "nobody_home" | "refused" | "withdrawn";
            grid_code?: string | null;
            door_code?: string | null;
            /** @description The person visited, as the list of the day names them. */
            subject_id?: string | null;
            /** @description The stop of a round that this visit reaches. */
            stop_id?: string | null;
            x?: number | null;
            y?: number | null;
            crs?: string | null;
            accuracy_m?: number | null;
            occurred_at?: string | null;
            note?: string | null;
            /** @description Client identifier of one's own visit that this one replaces. */
            corrects?: string | null;
            /**
             * @description Hashes that /photos gave.
             * @default []
             */
            photos: string[];
            incident?: components["schemas"]["IncidentOfVisit"] | null;
            register?: components["schemas"]["RegisterOfVisit"] | null;
            /**
             * @description Made up, for a demonstration or a test.
             * @default false
             */
            synthetic: boolean;
        };
        /**
         * BeforeAfter
         * @description A load before a change and after it.
         */
        BeforeAfter: {
            before: components["schemas"]["LoadOut"];
            after: components["schemas"]["LoadOut"];
        };
        /**
         * BlockFeature
         * @description A block.
         */
        BlockFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"];
            properties: components["schemas"]["BlockProperties"];
        };
        /**
         * BlockProperties
         * @description A block and what is counted in it.
         */
        BlockProperties: {
            code: string;
            community_code: string;
            synthetic: boolean;
            households: number | null;
            population: number | null;
        };
        /**
         * Blocks
         * @description Blocks in a box.
         */
        Blocks: {
            /** @constant */
            type: "FeatureCollection";
            features: components["schemas"]["BlockFeature"][];
        };
        /**
         * BreachOut
         * @description What falls short: the numbers, a sentence in both languages, and the grids that the map shows of it.
         */
        BreachOut: {
            profile: string;
            version: number;
            kind: string;
            area_code: string;
            station_code: string | null;
            worker_number: string | null;
            grid_codes: string[];
            measured: number;
            least: number | null;
            most: number | null;
            sentence_zh: string;
            sentence_en: string;
        };
        /**
         * BreachesOut
         * @description Every rule of the profiles valid at the moment, and each breach.
         */
        BreachesOut: {
            /** Format: date-time */
            as_of: string;
            area: string | null;
            rules: components["schemas"]["RuleSummary"][];
            breaches: components["schemas"]["BreachOut"][];
            total: number;
        };
        /**
         * CalendarDay
         * @description A day of the calendar: how many are away, for how many grids nobody covers.
         */
        CalendarDay: {
            /** Format: date */
            day: string;
            away: number;
            requested: number;
        };
        /**
         * CalendarOut
         * @description Who of a community is away in a month; `days` counts for each day.
         */
        CalendarOut: {
            community_code: string;
            month: string;
            days: components["schemas"]["CalendarDay"][];
            leaves: components["schemas"]["LeaveOut"][];
        };
        /**
         * Candidate
         * @description A worker who may be confirmed.
         */
        Candidate: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /**
         * CardOut
         * @description Everything about one grid at one moment.
         */
        CardOut: {
            main?: components["schemas"]["MainOut"] | null;
            vacancy?: components["schemas"]["VacancyOut"] | null;
            backup?: components["schemas"]["PersonOut"] | null;
            answers?: components["schemas"]["AnsweringOut"] | null;
            until?: string | null;
            /** @default false */
            hidden: boolean;
            code: string;
            name: string;
            /** @enum {string} */
            kind: "basic" | "dedicated";
            /** Format: date-time */
            valid_from: string;
            valid_to: string | null;
            community: components["schemas"]["UnitOut"] | null;
            street: components["schemas"]["UnitOut"] | null;
            district: components["schemas"]["UnitOut"] | null;
            pilot: boolean;
            synthetic: boolean;
            counts: {
                [key: string]: number;
            };
            area_m2: number;
            bbox: number[];
            status: components["schemas"]["StatusOut"];
            visits: components["schemas"]["VisitLine"][];
            incidents: components["schemas"]["IncidentLine"][];
            open_incidents: number;
            history: components["schemas"]["VersionLine"][];
            /** Format: date-time */
            as_of: string;
        };
        /**
         * CareClassOut
         * @description A class of people to be visited; a sensitive one is seen by pairing and special right, not by area alone.
         */
        CareClassOut: {
            code: string;
            name: components["schemas"]["CareNames"];
            sensitive: boolean;
        };
        /**
         * CareClasses
         * @description The city's classes.
         */
        CareClasses: {
            items: components["schemas"]["CareClassOut"][];
        };
        /**
         * CareDutyOut
         * @description A person to be visited. In the clear for the worker who is paired with them, masked for others.
         */
        CareDutyOut: {
            code: string;
            class_key: string;
            last_visit: string | null;
            /** Format: date-time */
            due_at: string;
            /** @enum {string} */
            status: "on_time" | "due_soon" | "overdue" | "never";
            /** Format: uuid */
            id: string;
            grid_code: string | null;
            door_code: string | null;
            name: string | null;
            phone: string | null;
            address: string | null;
            x: number | null;
            y: number | null;
            /** @description Due sooner because of a major change. */
            after_change: boolean;
            paired: boolean;
        };
        /**
         * CareGrid
         * @description The grid that has the place in the net of the moment asked about.
         */
        CareGrid: {
            code: string;
            name: string;
        };
        /**
         * CareNames
         * @description A name in each language.
         */
        CareNames: {
            "zh-CN": string;
            en: string;
        };
        /**
         * CareSubjectChange
         * @description What is to be different; what is left out stays, and null takes it away where there may be nothing.
         * @example {
         *       "phone": "00000000002"
         *     }
         */
        CareSubjectChange: {
            /** @default  */
            class_code: string;
            /** @default  */
            name: string;
            phone?: string | null;
            id_number?: string | null;
            door_code?: string | null;
            /** @description With its zone; ends pairings too. */
            registered_until?: string | null;
        };
        /**
         * CareSubjectDetail
         * @description The same with everybody who looks after them, or did.
         */
        CareSubjectDetail: {
            /** Format: uuid */
            id: string;
            number: string;
            class_code: string;
            sensitive: boolean;
            name: string | null;
            phone: string | null;
            id_number: string | null;
            address: string | null;
            door_code: string | null;
            point: components["schemas"]["PointOut"] | null;
            community_code: string;
            grid: components["schemas"]["CareGrid"] | null;
            /** Format: date-time */
            registered_from: string;
            registered_until: string | null;
            /** @description Whether the worker who asks looks after them. */
            is_paired: boolean;
            in_clear: boolean;
            revision: number;
            synthetic: boolean;
            pairings: components["schemas"]["PairingOut"][];
        };
        /**
         * CareSubjectIn
         * @description Somebody to be registered: at a door, at a place (x, y, crs), or with neither.
         * @example {
         *       "class_code": "elderly_alone",
         *       "community_code": "340302001001",
         *       "door_code": "340302001001-B01D0001",
         *       "name": "张示例",
         *       "number": "C00001",
         *       "phone": "00000000001",
         *       "synthetic": true
         *     }
         */
        CareSubjectIn: {
            number: string;
            class_code: string;
            name: string;
            community_code: string;
            phone?: string | null;
            id_number?: string | null;
            door_code?: string | null;
            x?: number | null;
            y?: number | null;
            crs?: string | null;
            /**
             * @description Made up, for a demonstration or a test.
             * @default false
             */
            synthetic: boolean;
        };
        /**
         * CareSubjectOut
         * @description Somebody to be visited. Unless `in_clear`, name, phone, ID number and address are masked, the place left out.
         */
        CareSubjectOut: {
            /** Format: uuid */
            id: string;
            number: string;
            class_code: string;
            sensitive: boolean;
            name: string | null;
            phone: string | null;
            id_number: string | null;
            address: string | null;
            door_code: string | null;
            point: components["schemas"]["PointOut"] | null;
            community_code: string;
            grid: components["schemas"]["CareGrid"] | null;
            /** Format: date-time */
            registered_from: string;
            registered_until: string | null;
            /** @description Whether the worker who asks looks after them. */
            is_paired: boolean;
            in_clear: boolean;
            revision: number;
            synthetic: boolean;
        };
        /**
         * CarriedList
         * @description Whom a plan took over for which grids.
         * @example {
         *       "items": [
         *         {
         *           "candidates": [
         *             {
         *               "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
         *               "name": "示例一"
         *             }
         *           ],
         *           "code": "340302001001017",
         *           "community": "340302001001",
         *           "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *           "name": "第十七网格",
         *           "reason": "new_grid",
         *           "worker": {
         *             "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
         *             "name": "示例一"
         *           }
         *         }
         *       ]
         *     }
         */
        CarriedList: {
            items: components["schemas"]["CarriedOut"][];
        };
        /**
         * CarriedOut
         * @description A grid that a plan made or merged, with who answers for it until somebody confirms that.
         */
        CarriedOut: {
            /** Format: uuid */
            grid_id: string;
            code: string;
            name: string;
            community: string;
            /** @enum {string} */
            reason: "new_grid" | "merged";
            worker: components["schemas"]["Candidate"] | null;
            candidates: components["schemas"]["Candidate"][];
            confirmed_at?: string | null;
        };
        /**
         * Carve
         * @description Carve out a grid of its own, by an area (GeoJSON Polygon, degrees) or by blocks.
         */
        Carve: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "carve";
            area?: {
                [key: string]: unknown;
            } | null;
            /** @default [] */
            block_ids: string[];
            /**
             * @default dedicated
             * @enum {string}
             */
            grid_kind: "basic" | "dedicated";
            /** @default  */
            name: string;
        };
        /**
         * CaseHolderOut
         * @description Somebody who took an incident on, until when if no more.
         */
        CaseHolderOut: {
            /** Format: uuid */
            worker_id: string;
            number: string;
            name: string;
            /** Format: date-time */
            since: string;
            until: string | null;
        };
        /**
         * CaseOut
         * @description Everybody who took an incident on, the present one last.
         */
        CaseOut: {
            /** Format: uuid */
            incident_id: string;
            holders: components["schemas"]["CaseHolderOut"][];
        };
        /**
         * CatalogueOut
         * @description Every list; an entry no longer in use stays in it, because old records bear its key.
         */
        CatalogueOut: {
            incident_categories: components["schemas"]["Entry"][];
            channels: components["schemas"]["Entry"][];
            visit_kinds: components["schemas"]["Entry"][];
        };
        /**
         * Cell
         * @description What a cell says.
         * @example {
         *       "allowed": true
         *     }
         */
        Cell: {
            allowed: boolean;
        };
        /**
         * CellFault
         * @description What is wrong with a cell ("cell B7") or a row ("row 7").
         */
        CellFault: {
            place: string;
            code: string;
            message: string;
        };
        /**
         * ChangedOut
         * @description What an appointment did: who held the grid so far, who holds it now and later, and what should be known.
         */
        ChangedOut: {
            grid_code: string;
            /** Format: date-time */
            known_from: string;
            before: components["schemas"]["HeldOut"][];
            now: components["schemas"]["HeldOut"][];
            notes: string[];
        };
        /**
         * CityDayIn
         * @description A day as the city declares it.
         * @example {
         *       "is_working": false,
         *       "name": "洪水停工"
         *     }
         */
        CityDayIn: {
            is_working: boolean;
            name: string;
        };
        /**
         * CityValues
         * @description The settings that may change at run time; null: as the environment has it.
         * @example {
         *       "visit_cycle_days": 21
         *     }
         */
        CityValues: {
            visit_cycle_days?: number | null;
            due_soon_share?: number | null;
            border_band_m?: number | null;
            plan_least_households?: number | null;
            plan_most_households?: number | null;
            plan_workload_weights?: string | null;
            leave_cover_rule?: ("backup" | "backup_then_neighbour") | null;
            tile_url?: string | null;
        };
        /**
         * CommunityName
         * @description A community of a plan by code and name.
         */
        CommunityName: {
            code: string;
            name: string;
        };
        /**
         * CompareOut
         * @description The grids of two moments that are not the same, as GeoJSON.
         * @example {
         *       "new": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       },
         *       "old": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       },
         *       "since": "2026-01-01T00:00:00+08:00",
         *       "until": "2026-12-01T00:00:00+08:00"
         *     }
         */
        CompareOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            old: {
                [key: string]: unknown;
            };
            new: {
                [key: string]: unknown;
            };
        };
        /**
         * ConcordanceOut
         * @description Old grids beside new ones; the shares of each old grid sum to a million.
         * @example {
         *       "items": [
         *         {
         *           "area_ppm": 400000,
         *           "community_code": "340302001001",
         *           "household_ppm": 450000,
         *           "new_code": "340302001001017",
         *           "new_name": "第十七网格",
         *           "old_code": "340302001001001",
         *           "old_name": "第一网格",
         *           "operation": "split"
         *         }
         *       ],
         *       "since": "2026-01-01T00:00:00+08:00",
         *       "until": "2026-12-01T00:00:00+08:00"
         *     }
         */
        ConcordanceOut: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            items: components["schemas"]["ConcordanceRowOut"][];
        };
        /**
         * ConcordanceRowOut
         * @description What part of an old grid is in a new one.
         */
        ConcordanceRowOut: {
            old_code: string;
            old_name: string;
            new_code: string;
            new_name: string;
            community_code: string;
            /** @enum {string} */
            operation: "same" | "kept" | "split" | "merged" | "redrawn";
            area_ppm: number;
            household_ppm: number;
        };
        /**
         * ConfirmIn
         * @description The candidate who is to answer for the grid; null: whoever does now.
         * @example {}
         */
        ConfirmIn: {
            worker_id?: string | null;
        };
        /**
         * ConsequencesOut
         * @description What a drawing comes to. Workload is the weighted sum of counts; deviations are per cent of the mean.
         * @example {
         *       "grids": [
         *         {
         *           "area_m2": 84210.5,
         *           "change": {
         *             "households": 12,
         *             "workload": 20
         *           },
         *           "counts": {
         *             "blocks": 9,
         *             "care_subjects": 6,
         *             "households": 180,
         *             "incidents": 40
         *           },
         *           "deviation_pct": 4.2,
         *           "key": "340302001001001",
         *           "kind": "basic",
         *           "name": "第一网格",
         *           "worker": "示例一",
         *           "workload": 290
         *         }
         *       ],
         *       "incidents_from": "2025-11-21T08:00:00Z",
         *       "incidents_until": "2026-11-21T08:00:00Z",
         *       "mean_workload": 278.3,
         *       "workers": [
         *         {
         *           "grids": [
         *             "340302001001001"
         *           ],
         *           "worker": "示例一",
         *           "workload": 290,
         *           "workload_today": 270
         *         }
         *       ],
         *       "worst_deviation_pct": 12.1,
         *       "worst_deviation_today_pct": 38
         *     }
         */
        ConsequencesOut: {
            grids: components["schemas"]["GridFiguresOut"][];
            workers: components["schemas"]["WorkerFiguresOut"][];
            mean_workload: number;
            worst_deviation_pct: number | null;
            worst_deviation_today_pct: number | null;
            incidents_from: string | null;
            incidents_until: string | null;
        };
        /**
         * CorrectionOut
         * @description Something wrong in the register of doors, as a worker found it; x and y are WGS 84, of a door that is new.
         */
        CorrectionOut: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            visit_id: string;
            kind: string;
            grid_code: string | null;
            door_code: string | null;
            door: string | null;
            address: string | null;
            x: number | null;
            y: number | null;
            state: string;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            reported_at: string;
            decided_at: string | null;
            decided_by: string | null;
            reason: string | null;
            new_door_code: string | null;
        };
        /**
         * CoverIn
         * @description Who covers; null: the backups do.
         * @example {
         *       "cover_worker_id": null
         *     }
         */
        CoverIn: {
            cover_worker_id: string | null;
        };
        /**
         * CoverOut
         * @description How one grid is covered: by hand, backup, rule, or uncovered, and then by nobody.
         */
        CoverOut: {
            grid_code: string;
            grid_name: string;
            how: string;
            name: string | null;
        };
        /**
         * CoverageFigures
         * @description What was reached in a period, in a part of the city inside one's jurisdiction.
         *
         *     `doors`: distinct doors visited, of those registered at the end, by the net at the end. `care`: people reached in
         *     time, of those due. `duties`: care and patrol duties done in time, of those due. `patrol_points`: stops reached, of
         *     those planned, in the rounds that began in the period. Care is told to those who may read it.
         */
        CoverageFigures: {
            /** Format: date-time */
            start: string;
            /** Format: date-time */
            end: string;
            known_at: string | null;
            /** Format: date */
            register_date: string;
            doors: components["schemas"]["Figure"];
            care: components["schemas"]["Figure"] | null;
            duties: components["schemas"]["Figure"];
            patrol_points: components["schemas"]["Figure"];
        };
        /**
         * CoverageOut
         * @description Doors visited within the cycle, of all registered doors.
         */
        CoverageOut: {
            visited: number;
            doors: number;
            from: string;
            to: string;
            register_date: string;
        };
        /**
         * Credentials
         * @description A user name and its password.
         * @example {
         *       "password": "…",
         *       "username": "worker"
         *     }
         */
        Credentials: {
            username: string;
            password: string;
        };
        /**
         * DayOut
         * @description A day: whether people work on it, who says so, and the city's own name for it.
         */
        DayOut: {
            /** Format: date */
            day: string;
            is_working: boolean;
            /** @enum {string} */
            source: "city" | "national" | "weekdays";
            name: string | null;
        };
        /**
         * Days
         * @description Days of the working calendar.
         */
        Days: {
            items: components["schemas"]["DayOut"][];
        };
        /**
         * Decide
         * @description Decide that a grid goes on as the one it was drawn from, or that it is new, whatever the rule says.
         */
        Decide: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "decide";
            key: string;
            goes_on_as: string | null;
        };
        /**
         * DecisionIn
         * @description What the community says. A refusal has a reason; a door that is new gets its code.
         * @example {
         *       "is_right": true
         *     }
         */
        DecisionIn: {
            is_right: boolean;
            reason?: string | null;
            door_code?: string | null;
            address?: string | null;
        };
        /**
         * DecisionOut
         * @description What somebody decided about a plan.
         */
        DecisionOut: {
            /** @enum {string} */
            decision: "submitted" | "approved" | "sent_back" | "withdrawn";
            step: string | null;
            by: string;
            comment: string | null;
            /** Format: date-time */
            at: string;
        };
        /**
         * DelegationItem
         * @description That a node, with all below it, is run from another one for a time.
         * @example {
         *       "from": "2026-12-01T00:00:00+08:00",
         *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
         *       "parent": "development-zone"
         *     }
         */
        DelegationItem: {
            /** Format: uuid */
            id: string;
            parent: string;
            from?: string | null;
            until?: string | null;
        };
        /**
         * Describe
         * @description Name a grid, say its kind, or ask for a code of its own.
         */
        Describe: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "describe";
            key: string;
            name?: string | null;
            grid_kind?: ("basic" | "dedicated") | null;
            code?: string | null;
        };
        /**
         * Divide
         * @description Draw the grids anew from an assignment of blocks, as a proposal made it: a list of blocks for each grid.
         */
        Divide: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "divide";
            grids: string[][];
        };
        /**
         * DivisionIn
         * @description The number of grids or the households for each, and sliders from 0 to 10, 1 as a rule.
         * @example {
         *       "grids": 16,
         *       "seed": 1,
         *       "stability": 1,
         *       "tolerance_pct": 5
         *     }
         */
        DivisionIn: {
            grids?: number | null;
            households_per_grid?: number | null;
            /** @default 5 */
            tolerance_pct: number;
            /** @default 1 */
            balance: number;
            /** @default 1 */
            compactness: number;
            /** @default 0 */
            stability: number;
            /**
             * @default households
             * @enum {string}
             */
            weighing: "households" | "workload";
            /** @default 0 */
            seed: number;
        };
        /**
         * DivisionOut
         * @description A proposal. Draw it by the operation `divide` with these groups of blocks.
         * @example {
         *       "figures": {
         *         "changed_pct": 12,
         *         "median_deviation_pct": 1.2,
         *         "worst_deviation_pct": 3.1
         *       },
         *       "grids": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       },
         *       "groups": [
         *         [
         *           "340302001001B001"
         *         ],
         *         [
         *           "340302001001B002"
         *         ]
         *       ],
         *       "is_within_tolerance": true,
         *       "reasons": []
         *     }
         */
        DivisionOut: {
            groups: string[][];
            grids: {
                [key: string]: unknown;
            };
            figures: {
                [key: string]: number;
            };
            reasons: components["schemas"]["ReasonOut"][];
            is_within_tolerance: boolean;
        };
        /**
         * DocumentsOut
         * @description Addresses of geometry that never changes under its address; grids is null before the first net.
         */
        DocumentsOut: {
            grids: string | null;
            areas: string;
            backdrop: string;
        };
        /**
         * DoneOut
         * @description An operation in the log; an abandoned one was undone and something else was done instead.
         * @example {
         *       "abandoned": false,
         *       "at": "2026-11-21T09:30:00Z",
         *       "by": "演示规划员",
         *       "community": "340302001001",
         *       "counts": true,
         *       "kind": "merge",
         *       "sequence": 1
         *     }
         */
        DoneOut: {
            sequence: number;
            kind: string;
            community: string;
            by: string;
            /** Format: date-time */
            at: string;
            /** @description Whether it counts now, or was undone. */
            counts: boolean;
            abandoned: boolean;
        };
        /**
         * DoorLine
         * @description A door, and whether it was reached in the period.
         */
        DoorLine: {
            code: string;
            address: string;
            grid_code: string;
            reached: boolean;
        };
        /**
         * DoorOut
         * @description A registered door.
         */
        DoorOut: {
            code: string;
            address: string;
        };
        /**
         * DoorsOut
         * @description The doors of one's grids by the norm for doors: how many were reached since its cycle began.
         */
        DoorsOut: {
            /** Format: date-time */
            since: string;
            reached: number;
            of: number;
        };
        /**
         * DrawingOut
         * @description A community as it is drawn: `grids` and `today` are GeoJSON, the latter the net the plan is drawn on.
         * @example {
         *       "community": "340302001001",
         *       "consequences": {
         *         "grids": [
         *           {
         *             "area_m2": 84210.5,
         *             "change": {
         *               "households": 12,
         *               "workload": 20
         *             },
         *             "counts": {
         *               "blocks": 9,
         *               "care_subjects": 6,
         *               "households": 180,
         *               "incidents": 40
         *             },
         *             "deviation_pct": 4.2,
         *             "key": "340302001001001",
         *             "kind": "basic",
         *             "name": "第一网格",
         *             "worker": "示例一",
         *             "workload": 290
         *           }
         *         ],
         *         "incidents_from": "2025-11-21T08:00:00Z",
         *         "incidents_until": "2026-11-21T08:00:00Z",
         *         "mean_workload": 278.3,
         *         "workers": [
         *           {
         *             "grids": [
         *               "340302001001001"
         *             ],
         *             "worker": "示例一",
         *             "workload": 290,
         *             "workload_today": 270
         *           }
         *         ],
         *         "worst_deviation_pct": 12.1,
         *         "worst_deviation_today_pct": 38
         *       },
         *       "grids": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       },
         *       "outline": {
         *         "coordinates": [
         *           [
         *             [
         *               117.38,
         *               32.92
         *             ],
         *             [
         *               117.39,
         *               32.92
         *             ],
         *             [
         *               117.39,
         *               32.93
         *             ],
         *             [
         *               117.38,
         *               32.93
         *             ],
         *             [
         *               117.38,
         *               32.92
         *             ]
         *           ]
         *         ],
         *         "type": "Polygon"
         *       },
         *       "revision": 4,
         *       "today": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       }
         *     }
         */
        DrawingOut: {
            community: string;
            revision: number;
            grids: {
                [key: string]: unknown;
            };
            today: {
                [key: string]: unknown;
            };
            outline: {
                [key: string]: unknown;
            };
            consequences: components["schemas"]["ConsequencesOut"];
        };
        /**
         * DutiesIn
         * @description What a worker does from a moment on: one main function, and those claimed beside it (一人双岗).
         * @example {
         *       "main": {
         *         "kind": "grid"
         *       },
         *       "others": [
         *         {
         *           "kind": "line",
         *           "line_key": "mediation"
         *         }
         *       ]
         *     }
         */
        DutiesIn: {
            main: components["schemas"]["DutyIn"];
            /** @default [] */
            others: components["schemas"]["DutyIn"][];
            since?: string | null;
        };
        /**
         * DutyIn
         * @description A function: a grid, the counter, or a service line by its key.
         */
        DutyIn: {
            /** @enum {string} */
            kind: "grid" | "counter" | "line";
            line_key?: string | null;
        };
        /**
         * DutyLine
         * @description A duty of the period: the first due time missed, or the last one that fell in it and was met.
         *
         *     `code` is the grid's, or the number under which the community keeps a person; no name.
         */
        DutyLine: {
            /** @enum {string} */
            target: "care" | "grid";
            /** Format: uuid */
            id: string;
            code: string;
            class_key: string;
            community_code: string;
            /** Format: date-time */
            due_at: string;
            in_time: boolean;
        };
        /**
         * EndedSessions
         * @description How many logins were ended.
         */
        EndedSessions: {
            /** @example 2 */
            ended: number;
        };
        /**
         * Entry
         * @description One entry of a list: its key, stable, and its name in both languages; `group` where the list has groups.
         */
        Entry: {
            key: string;
            name_zh: string;
            name_en: string;
            group?: string | null;
        };
        /**
         * EventOut
         * @description One thing that happened to it.
         */
        EventOut: {
            kind: string;
            /** Format: date-time */
            at: string;
            actor: string;
            details: {
                [key: string]: unknown;
            };
        };
        /**
         * ExactGridFeature
         * @description A grid, exactly as stored.
         */
        ExactGridFeature: {
            /** @constant */
            type: "Feature";
            id: string;
            geometry: components["schemas"]["Geometry"];
            properties: components["schemas"]["ExactGridProperties"];
        };
        /**
         * ExactGridProperties
         * @description The same for other systems, with the scheme of the code and the area.
         */
        ExactGridProperties: {
            code: string;
            name: string;
            /** @enum {string} */
            kind: "basic" | "dedicated";
            community_code: string;
            scheme: string;
            area_m2: number;
            synthetic: boolean;
        };
        /**
         * ExactGrids
         * @description The whole net.
         */
        ExactGrids: {
            /** @constant */
            type: "FeatureCollection";
            features: components["schemas"]["ExactGridFeature"][];
        };
        /**
         * Figure
         * @description One number of another; the share is null where there is nothing to count.
         */
        Figure: {
            done: number;
            of: number;
            share: number | null;
        };
        /**
         * FillingIn
         * @description Who fills a post from a moment on; no worker leaves it vacant.
         * @example {
         *       "worker_number": null
         *     }
         */
        FillingIn: {
            worker_number: string | null;
            since?: string | null;
        };
        /**
         * FillingOut
         * @description Whether the post is now filled or vacant.
         */
        FillingOut: {
            number: string;
            /** @enum {string} */
            state: "filled" | "vacant";
            /** Format: date-time */
            since: string;
        };
        /**
         * Finding
         * @description One thing looked at, and what to do where it is not well.
         */
        Finding: {
            name: string;
            /** @enum {string} */
            state: "ok" | "warn" | "fail";
            text: string;
            mend: string;
        };
        /**
         * FindingFeature
         * @description A finding; without geometry when its place is unknown.
         */
        FindingFeature: {
            /** @constant */
            type: "Feature";
            geometry: components["schemas"]["Geometry"] | null;
            properties: components["schemas"]["FindingProperties"];
        };
        /**
         * FindingOut
         * @description Something to be seen about a plan, with its numbers and its place.
         */
        FindingOut: {
            kind: string;
            blocking: boolean;
            keys: string[];
            params: {
                [key: string]: unknown;
            };
            geometry: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * FindingProperties
         * @description A place where grids do not tile their communities.
         */
        FindingProperties: {
            kind: string;
            size_m2: number;
            size_m: number;
            codes: string[];
            community_codes: string[];
            is_fault: boolean;
            message: string;
            about: string;
        };
        /**
         * FindingsOut
         * @description Findings, blocking ones first.
         * @example {
         *       "blocking": 0,
         *       "items": [
         *         {
         *           "blocking": false,
         *           "geometry": {
         *             "coordinates": [
         *               [
         *                 [
         *                   117.38,
         *                   32.92
         *                 ],
         *                 [
         *                   117.39,
         *                   32.92
         *                 ],
         *                 [
         *                   117.39,
         *                   32.93
         *                 ],
         *                 [
         *                   117.38,
         *                   32.93
         *                 ],
         *                 [
         *                   117.38,
         *                   32.92
         *                 ]
         *               ]
         *             ],
         *             "type": "Polygon"
         *           },
         *           "keys": [
         *             "340302001001001"
         *           ],
         *           "kind": "too_small",
         *           "params": {
         *             "households": 62,
         *             "least": 100
         *           }
         *         }
         *       ]
         *     }
         */
        FindingsOut: {
            items: components["schemas"]["FindingOut"][];
            blocking: number;
        };
        /**
         * FinishIn
         * @description That a round ended; the time when it is sent later.
         */
        FinishIn: {
            finished_at?: string | null;
        };
        /**
         * Geometry
         * @description A GeoJSON geometry in WGS 84 degrees.
         * @example {
         *       "coordinates": [
         *         [
         *           [
         *             117.38,
         *             32.92
         *           ],
         *           [
         *             117.39,
         *             32.92
         *           ],
         *           [
         *             117.39,
         *             32.93
         *           ],
         *           [
         *             117.38,
         *             32.93
         *           ],
         *           [
         *             117.38,
         *             32.92
         *           ]
         *         ]
         *       ],
         *       "type": "Polygon"
         *     }
         */
        Geometry: {
            /** @enum {string} */
            type: "Point" | "LineString" | "Polygon" | "MultiPoint" | "MultiLineString" | "MultiPolygon";
            coordinates: unknown[];
        };
        /**
         * GrantChange
         * @description When the grant is to end; null: it stays open.
         * @example {
         *       "until": "2027-03-01T00:00:00+08:00"
         *     }
         */
        GrantChange: {
            until: string | null;
        };
        /**
         * GrantItem
         * @description A role held over a node, with all that is run from it, from a moment on and until one (null: open).
         *
         *     A role that reaches the own grids alone, as the grid worker's does, has no node.
         * @example {
         *       "from": "2026-12-01T00:00:00+08:00",
         *       "id": "01a2005f-b6a0-7225-86d5-b56fbb0003c8",
         *       "is_current": true,
         *       "node": "340302001000",
         *       "revision": 1,
         *       "role": "dispatcher"
         *     }
         */
        GrantItem: {
            /** Format: uuid */
            id: string;
            role: string;
            node?: string | null;
            from?: string | null;
            until?: string | null;
            is_current: boolean;
            revision: number;
        };
        /**
         * GrantList
         * @description Every grant of an account, past ones too, in the order of their beginning.
         */
        GrantList: {
            items: components["schemas"]["GrantItem"][];
        };
        /**
         * GridFigure
         * @description Doors visited of doors registered, in one grid.
         */
        GridFigure: {
            done: number;
            of: number;
            share: number | null;
            grid_code: string;
        };
        /**
         * GridFigures
         * @description Door coverage of each grid of a part of the city.
         */
        GridFigures: {
            items: components["schemas"]["GridFigure"][];
        };
        /**
         * GridFiguresOut
         * @description A drawn grid in numbers; `change` is against the grid of today with the same key, null for a new grid.
         */
        GridFiguresOut: {
            key: string;
            name: string;
            kind: string;
            area_m2: number;
            counts: {
                [key: string]: number;
            };
            workload: number;
            deviation_pct: number | null;
            change: {
                [key: string]: number;
            } | null;
            worker: string | null;
        };
        /**
         * GridProperties
         * @description What a grid is called and where it belongs.
         */
        GridProperties: {
            code: string;
            name: string;
            /** @enum {string} */
            kind: "basic" | "dedicated";
            community_code: string;
        };
        /**
         * GridRef
         * @description A grid by code, name and kind.
         */
        GridRef: {
            code: string;
            name: string;
            kind: string;
        };
        /**
         * HandoverDetail
         * @description A hand-over with every open piece of work: those of now until it is taken, then those that were taken over.
         */
        HandoverDetail: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "transfer" | "leave" | "plan" | "leaving";
            /** @enum {string} */
            state: "open" | "given" | "taken" | "cancelled";
            giver: components["schemas"]["gridsvc__api__handover__SideOut"];
            taker: components["schemas"]["gridsvc__api__handover__SideOut"] | null;
            community_code: string;
            grids: components["schemas"]["NamedGrid"][];
            reason: string;
            /** Format: date-time */
            effective_at: string;
            until: string | null;
            opened_by: string;
            /** Format: date-time */
            opened_at: string;
            items: components["schemas"]["OpenItemOut"][];
            may_give: boolean;
            may_take: boolean;
        };
        /**
         * HandoverOut
         * @description A hand-over; without a taker it waits for somebody to be named.
         */
        HandoverOut: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            kind: "transfer" | "leave" | "plan" | "leaving";
            /** @enum {string} */
            state: "open" | "given" | "taken" | "cancelled";
            giver: components["schemas"]["gridsvc__api__handover__SideOut"];
            taker: components["schemas"]["gridsvc__api__handover__SideOut"] | null;
            community_code: string;
            grids: components["schemas"]["NamedGrid"][];
            reason: string;
            /** Format: date-time */
            effective_at: string;
            until: string | null;
            opened_by: string;
            /** Format: date-time */
            opened_at: string;
        };
        /**
         * HeadlineOut
         * @description The figures at the head of the page.
         */
        HeadlineOut: {
            coverage: components["schemas"]["CoverageOut"];
            /**
             * @example {
             *       "on_time": 12,
             *       "overdue": 3
             *     }
             */
            patrol: {
                [key: string]: number;
            };
            /**
             * @example {
             *       "main_backup": 14,
             *       "vacant": 1
             *     }
             */
            staffing: {
                [key: string]: number;
            };
            overdue: components["schemas"]["OverdueOut"];
            open_incidents: components["schemas"]["OpenOut"];
            vacancies: components["schemas"]["OverdueOut"];
            posts: components["schemas"]["PostsOut"];
            pilot: components["schemas"]["PilotOut"];
        };
        /**
         * Health
         * @description That the process lives.
         */
        Health: {
            status: string;
            version: string;
        };
        /**
         * HeldGrid
         * @description A grid somebody holds as main or backup, or covers.
         */
        HeldGrid: {
            code: string;
            name: string;
            role: string;
        };
        /**
         * HeldOut
         * @description Somebody, or a named vacancy (no worker), holds a grid for a time; and since when, until when that was known.
         */
        HeldOut: {
            role: string;
            worker_id: string | null;
            number: string | null;
            name: string | null;
            since: string | null;
            until: string | null;
            /** Format: date-time */
            known_from: string;
            known_until: string | null;
        };
        /**
         * HoldersOut
         * @description Who answers for a grid at a moment, and everybody who held it or will.
         */
        HoldersOut: {
            grid_code: string;
            /** Format: date-time */
            as_of: string;
            known_at: string | null;
            answer: components["schemas"]["AnswerOut"];
            items: components["schemas"]["HeldOut"][];
        };
        /**
         * ImportFault
         * @description One thing that is wrong: in which feature (counted from 1, in the order of the file), with words for people.
         */
        ImportFault: {
            place: string;
            feature: number | null;
            field: string | null;
            code: string;
            message: string;
        };
        /**
         * ImportFinding
         * @description A fault of the net itself that has a place on the map: a gap, an overlap, a border that does not fit.
         */
        ImportFinding: {
            place: string;
            code: string;
            message: string;
            geometry: {
                [key: string]: unknown;
            };
        };
        /**
         * ImportReport
         * @description What became of a file. It goes in as a whole: with one rejected feature, nothing is stored.
         */
        ImportReport: {
            /** @enum {string} */
            layer: "areas" | "blocks" | "doors" | "grids";
            dry_run: boolean;
            read: number;
            accepted: number;
            already_there: number;
            rejected: number;
            faults_total: number;
            errors: components["schemas"]["ImportFault"][];
            findings: components["schemas"]["ImportFinding"][];
            format: string;
            crs: string;
            encoding: string;
            net_version?: number | null;
            effective_at?: string | null;
            /** @default 0 */
            incidents_rerouted: number;
        };
        /**
         * IncidentDetail
         * @description An incident with its raw coordinates as declared, every routing decision, and the log of its life.
         */
        IncidentDetail: {
            /** Format: uuid */
            id: string;
            number: number;
            channel: string;
            category: string;
            description: string | null;
            address: string | null;
            state: string;
            is_open: boolean;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            grid_code: string | null;
            point: components["schemas"]["PointOut"] | null;
            synthetic: boolean;
            raw_x: number | null;
            raw_y: number | null;
            raw_crs: string | null;
            routing: components["schemas"]["RoutingOut"][];
            events: components["schemas"]["EventOut"][];
        };
        /**
         * IncidentIn
         * @description A report. Coordinates need their datum; times need a zone; without coordinates it waits to be located by hand.
         * @example {
         *       "category": "exposed_rubbish",
         *       "channel": "hotline",
         *       "client_id": "0b0f7e0e-3a3c-4d57-9a52-6f0a1c1f2e11",
         *       "crs": "GCJ-02",
         *       "description": "路口垃圾未清运（示例）",
         *       "occurred_at": "2026-11-20T08:30:00+08:00",
         *       "x": 117.3889,
         *       "y": 32.9169
         *     }
         */
        IncidentIn: {
            /** @description The sender's own identifier; sent again, nothing is added. */
            client_id?: string | null;
            channel: string;
            category: string;
            description?: string | null;
            address?: string | null;
            reporter_name?: string | null;
            reporter_phone?: string | null;
            x?: number | null;
            y?: number | null;
            crs?: string | null;
            occurred_at?: string | null;
            /**
             * @description Made up, for a demonstration or a test.
             * @default false
             */
            synthetic: boolean;
        };
        /**
         * IncidentLine
         * @description An incident in one line.
         */
        IncidentLine: {
            id: string;
            number: number;
            category: string;
            /** Format: date-time */
            received_at: string;
            state: string;
        };
        /**
         * IncidentOfVisit
         * @description What was found and is to be handled; place and time are those of the visit.
         */
        IncidentOfVisit: {
            /** @example exposed_rubbish */
            category: string;
            description?: string | null;
        };
        /**
         * IncidentOut
         * @description An incident as a list shows it; `point` is WGS 84.
         */
        IncidentOut: {
            /** Format: uuid */
            id: string;
            number: number;
            channel: string;
            category: string;
            description: string | null;
            address: string | null;
            state: string;
            is_open: boolean;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            grid_code: string | null;
            point: components["schemas"]["PointOut"] | null;
            synthetic: boolean;
        };
        /**
         * IncidentReceipt
         * @description What was stored, and whose it is: state is routed, outside (of every grid) or unlocated (no coordinates).
         */
        IncidentReceipt: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: uuid */
            client_id: string;
            state: string;
            grid: components["schemas"]["PlacedGrid"] | null;
            who: components["schemas"]["AnswerOut"] | null;
            net_version: components["schemas"]["NetRef"] | null;
            distance_to_border_m: number | null;
            in_border_band: boolean;
            point: components["schemas"]["PointOut"] | null;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            routed_at: string | null;
            flags: string[];
        };
        /**
         * ItemFault
         * @description One place where a visit is wrong.
         */
        ItemFault: {
            place: string;
            code: string;
            message: string;
        };
        /**
         * ItemOut
         * @description What became of one visit: stored now, stored before, or refused, which sending it again will not change.
         */
        ItemOut: {
            /** Format: uuid */
            client_id: string;
            /** @enum {string} */
            status: "stored" | "repeated" | "refused";
            receipt?: components["schemas"]["VisitReceiptOut"] | null;
            /** @description Why it was refused; /problems lists the codes. */
            code?: string | null;
            detail?: string | null;
            /** @default [] */
            faults: components["schemas"]["ItemFault"][];
        };
        /**
         * KeptOut
         * @description How long a kind of personal data is kept after its time (docs/privacy.md).
         */
        KeptOut: {
            kind: string;
            days: number;
        };
        /**
         * LeaveDetail
         * @description A leave with who covers each grid, and what else should be known.
         */
        LeaveDetail: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            worker_id: string;
            number: string;
            name: string;
            community_code: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            reason: string;
            state: string;
            note: string | null;
            by: string | null;
            cover_worker_id: string | null;
            cover_name: string | null;
            cover_source: string | null;
            /** Format: date-time */
            known_from: string;
            covers: components["schemas"]["CoverOut"][];
            /** @description Leaves of others that this worker is to cover meanwhile. */
            covers_others: string[];
        };
        /**
         * LeaveHandovers
         * @description The hand-overs of a leave.
         */
        LeaveHandovers: {
            items: components["schemas"]["HandoverOut"][];
        };
        /**
         * LeaveIn
         * @description A leave to ask for: one's own, or with the right to approve, somebody's in one's jurisdiction.
         * @example {
         *       "reason": "年休假",
         *       "since": "2026-12-01T00:00:00+08:00",
         *       "until": "2026-12-04T00:00:00+08:00",
         *       "worker_id": "00000000-0000-7000-8000-000000000000"
         *     }
         */
        LeaveIn: {
            /** @description Left out: oneself. */
            worker_id?: string | null;
            /** Format: date-time */
            since: string;
            /** @description Needed; an unknown end is estimated and prolonged later. */
            until?: string | null;
            reason: string;
            /** @description Who covers; left out: the backup, or the city's rule. */
            cover_worker_id?: string | null;
        };
        /**
         * LeaveLine
         * @description A leave in short.
         */
        LeaveLine: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            state: string;
            reason: string;
        };
        /**
         * LeaveOut
         * @description A leave as known at a moment; only an approved one counts.
         */
        LeaveOut: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            worker_id: string;
            number: string;
            name: string;
            community_code: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            reason: string;
            state: string;
            note: string | null;
            by: string | null;
            cover_worker_id: string | null;
            cover_name: string | null;
            cover_source: string | null;
            /** Format: date-time */
            known_from: string;
        };
        /**
         * LeavingIn
         * @description From when on a worker serves no more.
         * @example {
         *       "at": "2026-12-31T18:00:00+08:00"
         *     }
         */
        LeavingIn: {
            /** Format: date-time */
            at: string;
            /**
             * @description Leave the grids as named vacancies; otherwise they are to be given to somebody first.
             * @default false
             */
            as_vacancies: boolean;
        };
        /**
         * LeavingOut
         * @description What became of what they held: grids now vacant or without backup, leaves without cover, the free post.
         */
        LeavingOut: {
            vacant: string[];
            without_backup: string[];
            uncovered_leaves: string[];
            post: string | null;
        };
        /**
         * LeftOut
         * @description Something a worker has; while `blocks` it keeps them from leaving the service.
         */
        LeftOut: {
            kind: string;
            code: string;
            message: string;
            blocks: boolean;
        };
        /**
         * LeftOutOut
         * @description An operation that could not be done again: its place in the log before, why, and where.
         */
        LeftOutOut: {
            sequence: number;
            kind: string;
            community_code: string;
            code: string;
            message: string;
            geometry?: {
                [key: string]: unknown;
            } | null;
        };
        /**
         * LifeOut
         * @description The stages of the grids that ever bore a code; none for one that was burnt with a withdrawn plan.
         * @example {
         *       "code": "340302001001001",
         *       "stages": [
         *         {
         *           "area_m2": 84210.5,
         *           "came_from": [],
         *           "code": "340302001001001",
         *           "community_code": "340302001001",
         *           "counts": {
         *             "households": 180
         *           },
         *           "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *           "kind": "basic",
         *           "name": "第一网格",
         *           "net_number": 1,
         *           "since": "2026-01-01T00:00:00+08:00",
         *           "went_to": [
         *             {
         *               "area_ppm": 400000,
         *               "code": "340302001001017",
         *               "household_ppm": 450000,
         *               "name": "第十七网格",
         *               "operation": "split",
         *               "plan_number": 12,
         *               "plan_title": "示例方案"
         *             }
         *           ]
         *         }
         *       ]
         *     }
         */
        LifeOut: {
            code: string;
            stages: components["schemas"]["StageOut"][];
        };
        /**
         * LineProperties
         * @description A river or a class of roads.
         */
        LineProperties: {
            /** @enum {string} */
            class: "river" | "ring" | "arterial" | "collector" | "local";
            /** @default null */
            name: string | null;
        };
        /**
         * LinkOut
         * @description Where a grid came from or went to; the shares are parts of the older grid in a million.
         */
        LinkOut: {
            code: string;
            name: string;
            /** @enum {string} */
            operation: "kept" | "split" | "merged" | "redrawn";
            area_ppm: number;
            household_ppm: number;
            plan_number: number;
            plan_title: string;
        };
        /**
         * LoadOut
         * @description What a worker has as main worker; households are null where nobody knows them.
         */
        LoadOut: {
            grids: number;
            households: number | null;
        };
        /**
         * LocateOut
         * @description Where a point lies and who answers for it. Outside every grid is an answer: `grid` is null then.
         */
        LocateOut: {
            main?: components["schemas"]["MainOut"] | null;
            vacancy?: components["schemas"]["VacancyOut"] | null;
            backup?: components["schemas"]["PersonOut"] | null;
            answers?: components["schemas"]["AnsweringOut"] | null;
            until?: string | null;
            /** @default false */
            hidden: boolean;
            grid: components["schemas"]["GridRef"] | null;
            community: components["schemas"]["UnitOut"] | null;
            street: components["schemas"]["UnitOut"] | null;
            district: components["schemas"]["UnitOut"] | null;
            net_version: components["schemas"]["NetRef"] | null;
            distance_to_border_m: number | null;
            in_border_band: boolean;
            point: components["schemas"]["PointOut"];
            /** Format: date-time */
            as_of: string;
        };
        /**
         * LogOut
         * @description What was done to a plan, in order.
         * @example {
         *       "items": []
         *     }
         */
        LogOut: {
            items: components["schemas"]["DoneOut"][];
        };
        /**
         * MadeAccount
         * @description A new account. The one-time password is shown here and never again; null when a password was given.
         * @example {
         *       "account": {
         *         "created_at": "2026-11-21T08:00:00Z",
         *         "display_name": "王丽（示例）",
         *         "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *         "must_change_password": false,
         *         "node": "340302001000",
         *         "revision": 3,
         *         "roles": [
         *           "dispatcher"
         *         ],
         *         "state": "active",
         *         "username": "wang.li"
         *       },
         *       "one_time_password": "k7mq-9xwp-3trd"
         *     }
         */
        MadeAccount: {
            account: components["schemas"]["AccountItem"];
            one_time_password?: string | null;
        };
        /**
         * MadeOut
         * @description What was stored.
         */
        MadeOut: {
            /** Format: uuid */
            id: string;
        };
        /**
         * MadeToken
         * @description A new token; the secret is shown here and never again.
         * @example {
         *       "account": "admin",
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
         *       "name": "hotline 12345",
         *       "permissions": [
         *         "incidents.create",
         *         "map.read"
         *       ],
         *       "state": "active",
         *       "token": "gridsvc_…",
         *       "until": "2027-06-30T16:00:00Z"
         *     }
         */
        MadeToken: {
            /** Format: uuid */
            id: string;
            name: string;
            account: string;
            permissions: string[];
            /** @description The part of the city it is limited to; null: as far as the account reaches. */
            node?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            until: string;
            /** @description To the minute. */
            last_used_at?: string | null;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
            token: string;
        };
        /**
         * MainOut
         * @description The main worker of a grid; `on_leave_until` is set while away for a known time.
         */
        MainOut: {
            id: string;
            name: string;
            phone?: string | null;
            /** @default false */
            on_leave: boolean;
            on_leave_until?: string | null;
        };
        /**
         * MapDocument
         * @description One layer of the map.
         */
        MapDocument: {
            /** @constant */
            type: "FeatureCollection";
            features: components["schemas"]["MapFeature"][];
        };
        /**
         * MapFeature
         * @description A grid, an area, a river or a road, at the precision of the screen.
         */
        MapFeature: {
            /** @constant */
            type: "Feature";
            /** @default null */
            id: string | null;
            geometry: components["schemas"]["Geometry"];
            properties: components["schemas"]["GridProperties"] | components["schemas"]["AreaProperties"] | components["schemas"]["LineProperties"];
        };
        /**
         * MemberIn
         * @description Somebody to join: the number of a worker, or a name.
         * @example {
         *       "name": "示例志愿者",
         *       "role": "volunteer"
         *     }
         */
        MemberIn: {
            role: string;
            worker_number?: string | null;
            name?: string | null;
            phone?: string | null;
            since?: string | null;
            until?: string | null;
        };
        /**
         * MemberMade
         * @description A member who joined.
         */
        MemberMade: {
            /** Format: uuid */
            id: string;
        };
        /**
         * MemberOut
         * @description Somebody in the team of a grid: a worker, or a person or organisation by name.
         */
        MemberOut: {
            /** Format: uuid */
            id: string;
            role: string;
            role_zh: string;
            role_en: string;
            worker_number: string | null;
            name: string;
            phone: string | null;
            since: string | null;
            until: string | null;
            masked: boolean;
            synthetic: boolean;
        };
        /**
         * Merge
         * @description Make neighbours one grid, which goes on as `into` or as the largest.
         */
        Merge: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "merge";
            keys: string[];
            into?: string | null;
        };
        /**
         * Move
         * @description A vertex of a border, and where it goes (null: it is left out).
         */
        Move: {
            place: [
                number,
                number
            ];
            to: [
                number,
                number
            ] | null;
        };
        /**
         * MoveBorder
         * @description Replace a stretch of the border between two neighbours by a drawn line.
         */
        MoveBorder: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "move_border";
            left: string;
            right: string;
            line: {
                [key: string]: unknown;
            };
        };
        /**
         * MoveIn
         * @description Grids to go from one worker to another at once; without codes, all that the giver holds then.
         * @example {
         *       "effective_at": "2026-12-01T00:00:00+08:00",
         *       "from_worker_id": "00000000-0000-7000-8000-000000000000",
         *       "reason": "岗位调整",
         *       "to_worker_id": "00000000-0000-7000-8000-000000000001"
         *     }
         */
        MoveIn: {
            /** Format: uuid */
            from_worker_id: string;
            /** Format: uuid */
            to_worker_id: string;
            /** @default [] */
            grid_codes: string[];
            /**
             * Format: date-time
             * @example 2026-12-01T00:00:00+08:00
             */
            effective_at: string;
            reason: string;
        };
        /**
         * MoveOut
         * @description A change of many grids; `failure` says why the job changed nothing.
         */
        MoveOut: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "previewed" | "queued" | "done" | "failed" | "undone";
            /** Format: uuid */
            from_worker_id: string;
            from_name: string;
            /** Format: uuid */
            to_worker_id: string;
            to_name: string;
            grid_codes: string[];
            /** Format: date-time */
            effective_at: string;
            reason: string;
            asked_by: string;
            /** Format: date-time */
            asked_at: string;
            done_at: string | null;
            undone_at: string | null;
            failure: string | null;
        };
        /**
         * MovePreview
         * @description What a change would do to the loads of both sides, at its moment.
         */
        MovePreview: {
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            state: "previewed" | "queued" | "done" | "failed" | "undone";
            /** Format: uuid */
            from_worker_id: string;
            from_name: string;
            /** Format: uuid */
            to_worker_id: string;
            to_name: string;
            grid_codes: string[];
            /** Format: date-time */
            effective_at: string;
            reason: string;
            asked_by: string;
            /** Format: date-time */
            asked_at: string;
            done_at: string | null;
            undone_at: string | null;
            failure: string | null;
            giver: components["schemas"]["BeforeAfter"];
            taker: components["schemas"]["BeforeAfter"];
        };
        /**
         * MoveVertices
         * @description Move vertices of borders; all grids that meet there follow.
         */
        MoveVertices: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "move_vertices";
            moves: components["schemas"]["Move"][];
        };
        /**
         * MovedOnOut
         * @description A community with grids that are new, gone or another version; `conflicts` were drawn differently by the draft.
         */
        MovedOnOut: {
            community_code: string;
            changed: string[];
            conflicts: string[];
        };
        /**
         * MyCase
         * @description An incident that one took on.
         */
        MyCase: {
            /** Format: uuid */
            incident_id: string;
            number: number;
            category: string;
            grid_code: string | null;
            /** Format: date-time */
            received_at: string;
            /** Format: date-time */
            accepted_at: string;
        };
        /**
         * MyGrid
         * @description A grid one holds or covers.
         */
        MyGrid: {
            code: string;
            name: string;
            role: string;
            patrol: string;
            last_visit: string | null;
            households: number | null;
            community: components["schemas"]["UnitOut"] | null;
            bbox: number[];
        };
        /**
         * MyGrids
         * @description The grids of a worker.
         */
        MyGrids: {
            items: components["schemas"]["MyGrid"][];
        };
        /**
         * MyVisit
         * @description A visit one logged.
         */
        MyVisit: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            client_id: string;
            /** Format: date-time */
            occurred_at: string;
            grid_code: string | null;
            kind: string;
            result: string;
            door: string | null;
            note: string | null;
            flags: string[];
            /** @description Since when it counts no longer: corrected, or judged so. */
            void_at: string | null;
        };
        /**
         * MyVisits
         * @description Visits of a worker, the newest first.
         */
        MyVisits: {
            items: components["schemas"]["MyVisit"][];
        };
        /**
         * NamedGrid
         * @description A grid by code and name.
         */
        NamedGrid: {
            code: string;
            name: string;
        };
        /**
         * NamesOut
         * @description A name in each language.
         */
        NamesOut: {
            "zh-CN": string;
            en: string;
        };
        /**
         * NetRef
         * @description A published state of the net.
         */
        NetRef: {
            id: string;
            number: number;
        };
        /**
         * NetReport
         * @description The health of the net: no features, no faults.
         */
        NetReport: {
            /** @constant */
            type: "FeatureCollection";
            features: components["schemas"]["FindingFeature"][];
            summary: components["schemas"]["NetSummary"];
        };
        /**
         * NetSummary
         * @description The figures of a net's health.
         */
        NetSummary: {
            at: string;
            grids: number;
            communities: number;
            communities_without_grids: string[];
            faults: number;
            findings: {
                [key: string]: number;
            };
            block_findings: number;
        };
        /**
         * NetVersionOut
         * @description A published state of the net.
         */
        NetVersionOut: {
            id: string;
            number: number;
            /** Format: date-time */
            effective_at: string;
            /** Format: date-time */
            published_at: string;
        };
        /**
         * NetVersionRow
         * @description A state of the net: its number in order of effect, from when on, and the plans that brought it.
         */
        NetVersionRow: {
            /** Format: uuid */
            id: string;
            number: number;
            /** Format: date-time */
            effective_at: string;
            /** Format: date-time */
            published_at: string;
            published_by: string;
            plans: number[];
        };
        /**
         * NetVersionsOut
         * @description The states of the net in order of effect; those to come are among them.
         * @example {
         *       "items": [
         *         {
         *           "effective_at": "2026-01-01T00:00:00+08:00",
         *           "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *           "number": 1,
         *           "plans": [],
         *           "published_at": "2026-01-01T00:00:00+08:00",
         *           "published_by": "admin"
         *         }
         *       ]
         *     }
         */
        NetVersionsOut: {
            items: components["schemas"]["NetVersionRow"][];
        };
        /**
         * NewAccount
         * @description An account to be made. Without a password it gets a one-time one. `worker` is the number of its grid worker.
         * @example {
         *       "display_name": "王丽（示例）",
         *       "node": "340302001000",
         *       "username": "wang.li"
         *     }
         */
        NewAccount: {
            username: string;
            display_name: string;
            node?: string | null;
            password?: string | null;
            worker?: string | null;
        };
        /**
         * NewDelegation
         * @description From where the node is to be run, from a moment on (now when left out) and until one (open when left out).
         * @example {
         *       "from": "2026-12-01T00:00:00+08:00",
         *       "parent": "development-zone"
         *     }
         */
        NewDelegation: {
            parent: string;
            from?: string | null;
            until?: string | null;
        };
        /**
         * NewGrant
         * @description A role to be given; `from` is now when left out.
         * @example {
         *       "node": "340302001000",
         *       "role": "dispatcher"
         *     }
         */
        NewGrant: {
            role: string;
            node?: string | null;
            from?: string | null;
            until?: string | null;
        };
        /**
         * NewNode
         * @description A node that is no area, such as a development zone; areas bring their own nodes when they are imported.
         * @example {
         *       "code": "development-zone",
         *       "name": "开发区",
         *       "parent": "340300000000"
         *     }
         */
        NewNode: {
            code: string;
            name: string;
            parent: string;
        };
        /**
         * NewPassword
         * @description The password one had and the one to have from now on.
         * @example {
         *       "new_password": "long and only yours",
         *       "old_password": "k7mq-9xwp-3trd"
         *     }
         */
        NewPassword: {
            old_password: string;
            new_password: string;
        };
        /**
         * NewPlan
         * @description A plan to be opened over communities that have grids.
         * @example {
         *       "communities": [
         *         "340302001001"
         *       ],
         *       "reason": "两个网格户数相差一倍",
         *       "title": "示例方案"
         *     }
         */
        NewPlan: {
            title: string;
            /** @default  */
            reason: string;
            communities: string[];
        };
        /**
         * NewToken
         * @description A token to be made: a part of one's own rights, over a part of one's own area, for at most a year.
         * @example {
         *       "name": "hotline 12345",
         *       "permissions": [
         *         "incidents.create",
         *         "map.read"
         *       ],
         *       "until": "2027-06-30T00:00:00+08:00"
         *     }
         */
        NewToken: {
            name: string;
            permissions: string[];
            node?: string | null;
            /**
             * Format: date-time
             * @example 2026-12-01T00:00:00+08:00
             */
            until: string;
        };
        /**
         * NodeChange
         * @description The node's other name.
         * @example {
         *       "name": "高新区"
         *     }
         */
        NodeChange: {
            name: string;
        };
        /**
         * NodeItem
         * @description A node. `parent` is what it is run from at the moment asked about, `own_parent` where it belongs by itself.
         * @example {
         *       "area_code": "340302001000",
         *       "code": "340302001000",
         *       "delegations": [
         *         {
         *           "from": "2026-12-01T00:00:00+08:00",
         *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
         *           "parent": "development-zone"
         *         }
         *       ],
         *       "name": "一街道",
         *       "own_parent": "340302000000",
         *       "parent": "development-zone",
         *       "revision": 2
         *     }
         */
        NodeItem: {
            code: string;
            name: string;
            /** @description The area it runs; null for a node that is no area. */
            area_code?: string | null;
            own_parent?: string | null;
            parent?: string | null;
            /** @description Those that are not over. */
            delegations: components["schemas"]["DelegationItem"][];
            revision: number;
        };
        /**
         * NodeList
         * @description Nodes by code.
         */
        NodeList: {
            items: components["schemas"]["NodeItem"][];
        };
        /**
         * NormIn
         * @description How often something is to be visited, from a moment on.
         * @example {
         *       "every": 1,
         *       "since": "2100-01-01T00:00:00+08:00",
         *       "unit": "month"
         *     }
         */
        NormIn: {
            every: number;
            /** @enum {string} */
            unit: "day" | "week" | "month";
            /** @default 0 */
            grace_days: number;
            /** @default true */
            on_working_days: boolean;
            after_change_h?: number | null;
            level?: string | null;
            /** @default [] */
            kinds: string[];
            /** @description From when on; now when left out. Never in the past. */
            since?: string | null;
        };
        /**
         * NormOut
         * @description A norm in force; the shipped ones are examples until the city sets its own.
         */
        NormOut: {
            target: string;
            class_key: string;
            every: number;
            unit: string;
            grace_days: number;
            on_working_days: boolean;
            after_change_h: number | null;
            level: string | null;
            kinds: string[];
            is_example: boolean;
            /** Format: date-time */
            since: string;
        };
        /**
         * Norms
         * @description The norms in force at a moment.
         */
        Norms: {
            items: components["schemas"]["NormOut"][];
        };
        /**
         * NoteIn
         * @description A note, if there is something to say.
         * @example {}
         */
        NoteIn: {
            note?: string | null;
        };
        /**
         * Objection
         * @description What has to change before the plan can go on.
         * @example {
         *       "comment": "请保留原有小区边界"
         *     }
         */
        Objection: {
            comment: string;
        };
        /**
         * OmittedOut
         * @description An area the map leaves out, because no outline of it is known.
         */
        OmittedOut: {
            code: string;
            name: string;
            /** @default no_outline */
            reason: string;
        };
        /**
         * OneTimePassword
         * @description A password for one login, within 14 days; it must be changed then. Shown here and never again.
         * @example {
         *       "one_time_password": "k7mq-9xwp-3trd"
         *     }
         */
        OneTimePassword: {
            one_time_password: string;
        };
        /**
         * OpenItemOut
         * @description A piece of open work; people to be visited are named by the community's number alone.
         *
         *     `passing`: by itself with the grid, when the taker confirms, or not at all.
         */
        OpenItemOut: {
            /** @enum {string} */
            kind: "incident" | "duty" | "pairing" | "patrol" | "correction";
            /** Format: uuid */
            ref_id: string;
            code: string;
            what: string;
            grid_code: string | null;
            status: string | null;
            due_at: string | null;
            /** @enum {string} */
            passing: "by_itself" | "on_taking" | "stays";
        };
        /**
         * OpenOut
         * @description Open incidents, and those without a grid.
         */
        OpenOut: {
            count: number;
            unlocated: number;
            outside: number;
        };
        /**
         * OpenWorkOut
         * @description What a worker would leave behind at a moment.
         */
        OpenWorkOut: {
            /** Format: uuid */
            worker_id: string;
            /** Format: date-time */
            at: string;
            items: components["schemas"]["LeftOut"][];
        };
        /**
         * OperationIn
         * @description An operation; `confirmed` says that compounds may be cut.
         * @example {
         *       "confirmed": false,
         *       "operation": {
         *         "keys": [
         *           "340302001001001",
         *           "340302001001002"
         *         ],
         *         "kind": "merge"
         *       }
         *     }
         */
        OperationIn: {
            operation: components["schemas"]["Split"] | components["schemas"]["Merge"] | components["schemas"]["MoveBorder"] | components["schemas"]["MoveVertices"] | components["schemas"]["Reassign"] | components["schemas"]["Carve"] | components["schemas"]["Shift"] | components["schemas"]["Renumber"] | components["schemas"]["Describe"] | components["schemas"]["Decide"] | components["schemas"]["Divide"];
            /** @default false */
            confirmed: boolean;
        };
        /**
         * OtherPlan
         * @description Another plan for some of the same communities that is not over yet.
         */
        OtherPlan: {
            /** Format: uuid */
            id: string;
            number: number;
            title: string;
            /** @enum {string} */
            status: "draft" | "in_review" | "approved" | "published" | "withdrawn";
            communities: string[];
            effective_at: string | null;
        };
        /**
         * OutcomeOut
         * @description What an operation did: the grids that changed as GeoJSON, those that are gone, and what it comes to.
         * @example {
         *       "changed": {
         *         "features": [
         *           {
         *             "geometry": {
         *               "coordinates": [
         *                 [
         *                   [
         *                     117.38,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.92
         *                   ],
         *                   [
         *                     117.39,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.93
         *                   ],
         *                   [
         *                     117.38,
         *                     32.92
         *                   ]
         *                 ]
         *               ],
         *               "type": "Polygon"
         *             },
         *             "id": "340302001001001",
         *             "properties": {
         *               "key": "340302001001001",
         *               "name": "第一网格",
         *               "kind": "basic",
         *               "drawn_from": "340302001001001",
         *               "decided": false,
         *               "fresh_code": false
         *             },
         *             "type": "Feature"
         *           }
         *         ],
         *         "type": "FeatureCollection"
         *       },
         *       "community": "340302001001",
         *       "consequences": {
         *         "grids": [
         *           {
         *             "area_m2": 84210.5,
         *             "change": {
         *               "households": 12,
         *               "workload": 20
         *             },
         *             "counts": {
         *               "blocks": 9,
         *               "care_subjects": 6,
         *               "households": 180,
         *               "incidents": 40
         *             },
         *             "deviation_pct": 4.2,
         *             "key": "340302001001001",
         *             "kind": "basic",
         *             "name": "第一网格",
         *             "worker": "示例一",
         *             "workload": 290
         *           }
         *         ],
         *         "incidents_from": "2025-11-21T08:00:00Z",
         *         "incidents_until": "2026-11-21T08:00:00Z",
         *         "mean_workload": 278.3,
         *         "workers": [
         *           {
         *             "grids": [
         *               "340302001001001"
         *             ],
         *             "worker": "示例一",
         *             "workload": 290,
         *             "workload_today": 270
         *           }
         *         ],
         *         "worst_deviation_pct": 12.1,
         *         "worst_deviation_today_pct": 38
         *       },
         *       "gone": [],
         *       "position": 4,
         *       "revision": 5,
         *       "stored": true
         *     }
         */
        OutcomeOut: {
            community: string;
            revision: number;
            position: number;
            stored: boolean;
            changed: {
                [key: string]: unknown;
            };
            gone: string[];
            consequences: components["schemas"]["ConsequencesOut"];
        };
        /**
         * OverdueOut
         * @description Grids, of so many.
         */
        OverdueOut: {
            grids: number;
            of: number;
        };
        /** Page[AccountItem] */
        Page_AccountItem_: {
            items: components["schemas"]["AccountItem"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[AuditRow] */
        Page_AuditRow_: {
            items: components["schemas"]["AuditRow"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[CareSubjectOut] */
        Page_CareSubjectOut_: {
            items: components["schemas"]["CareSubjectOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[CorrectionOut] */
        Page_CorrectionOut_: {
            items: components["schemas"]["CorrectionOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[DoorLine] */
        Page_DoorLine_: {
            items: components["schemas"]["DoorLine"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[DoorOut] */
        Page_DoorOut_: {
            items: components["schemas"]["DoorOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[DutyLine] */
        Page_DutyLine_: {
            items: components["schemas"]["DutyLine"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[HandoverOut] */
        Page_HandoverOut_: {
            items: components["schemas"]["HandoverOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[IncidentOut] */
        Page_IncidentOut_: {
            items: components["schemas"]["IncidentOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[LeaveOut] */
        Page_LeaveOut_: {
            items: components["schemas"]["LeaveOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[MoveOut] */
        Page_MoveOut_: {
            items: components["schemas"]["MoveOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[PlanItem] */
        Page_PlanItem_: {
            items: components["schemas"]["PlanItem"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[StationOut] */
        Page_StationOut_: {
            items: components["schemas"]["StationOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[StopLine] */
        Page_StopLine_: {
            items: components["schemas"]["StopLine"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[VisitOut] */
        Page_VisitOut_: {
            items: components["schemas"]["VisitOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[WorkerOut] */
        Page_WorkerOut_: {
            items: components["schemas"]["gridsvc__api__staffing__WorkerOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /**
         * PairingIn
         * @description The worker who is to look after the subject from now on.
         * @example {
         *       "worker_number": "W00001"
         *     }
         */
        PairingIn: {
            worker_number: string;
        };
        /**
         * PairingOut
         * @description A worker who looks after the subject, or did.
         */
        PairingOut: {
            /** Format: uuid */
            id: string;
            worker_number: string;
            worker_name: string;
            /** Format: date-time */
            since: string;
            until: string | null;
        };
        /**
         * PauseIn
         * @description A time in which nothing falls due for one thing: a person, a door or a grid.
         * @example {
         *       "grid_id": "00000000-0000-7000-8000-000000000000",
         *       "reason": "住院",
         *       "since": "2026-11-20T00:00:00+08:00"
         *     }
         */
        PauseIn: {
            subject_id?: string | null;
            door_id?: string | null;
            grid_id?: string | null;
            reason: string;
            /**
             * Format: date-time
             * @example 2026-12-01T00:00:00+08:00
             */
            since: string;
            until?: string | null;
        };
        /**
         * PeopleImport
         * @description What became of a table, or would; with one fault nothing is stored.
         */
        PeopleImport: {
            /** @enum {string} */
            kind: "workers" | "responsibilities" | "posts" | "leaves" | "team";
            dry_run: boolean;
            read: number;
            added: number;
            changed: number;
            same: number;
            /** @description What is not the same already; at most 500 are listed. */
            rows: components["schemas"]["RowDone"][];
            /** @description At most 500 are listed. */
            faults: components["schemas"]["CellFault"][];
            faults_total: number;
        };
        /**
         * PermissionRow
         * @description One permission, and for every role whether it has it.
         */
        PermissionRow: {
            permission: string;
            allowed: {
                [key: string]: boolean;
            };
        };
        /**
         * PersonOut
         * @description A worker by name.
         */
        PersonOut: {
            id: string;
            name: string;
            phone?: string | null;
        };
        /**
         * PhotoOut
         * @description A stored photo: a JPEG without anything but the picture. A visit names it by its hash.
         */
        PhotoOut: {
            hash: string;
            /** @example 81234 */
            size_bytes: number;
            /** @example 1536 */
            width_px: number;
            /** @example 2048 */
            height_px: number;
        };
        /**
         * PilotOut
         * @description Pilot communities, of so many.
         */
        PilotOut: {
            communities: number;
            of: number;
        };
        /**
         * PlaceOut
         * @description A place, WGS 84.
         */
        PlaceOut: {
            x: number;
            y: number;
        };
        /**
         * PlacedGrid
         * @description The grid something was routed to.
         */
        PlacedGrid: {
            code: string;
            name: string;
        };
        /**
         * PlanChange
         * @description What is to be different; what is left out stays, null takes a moment away.
         * @example {
         *       "title": "示例方案（二稿）"
         *     }
         */
        PlanChange: {
            /** @default  */
            title: string;
            /** @default  */
            reason: string;
            effective_at?: string | null;
            notice_from?: string | null;
            notice_until?: string | null;
        };
        /**
         * PlanHandoverOut
         * @description Sums for each worker, and the open incidents; the doors are in the table.
         * @example {
         *       "effective_at": "2027-01-01T00:00:00+08:00",
         *       "incidents": [],
         *       "workers": [
         *         {
         *           "doors_gained": 180,
         *           "doors_given": 0,
         *           "incidents_gained": 1,
         *           "incidents_given": 0,
         *           "name": "示例一",
         *           "number": "W-0001",
         *           "worker_id": "01a2005f-b6a0-7225-86d5-b56e70cef452"
         *         }
         *       ]
         *     }
         */
        PlanHandoverOut: {
            /** Format: date-time */
            effective_at: string;
            workers: components["schemas"]["BalanceOut"][];
            incidents: components["schemas"]["ThingOut"][];
        };
        /**
         * PlanItem
         * @description A plan. `position` operations count now; `net_number` is the version of the net it brought.
         * @example {
         *       "author": "演示规划员",
         *       "communities": [
         *         "340302001001"
         *       ],
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *       "number": 12,
         *       "position": 3,
         *       "reason": "两个网格户数相差一倍",
         *       "revision": 4,
         *       "status": "draft",
         *       "title": "东风社区网格优化（示例）",
         *       "updated_at": "2026-11-21T09:30:00Z",
         *       "effective_at": null,
         *       "notice_from": null,
         *       "notice_until": null,
         *       "published_at": null,
         *       "withdrawn_at": null,
         *       "net_number": null,
         *       "reverts_plan": null
         *     }
         */
        PlanItem: {
            /** Format: uuid */
            id: string;
            number: number;
            title: string;
            reason: string;
            /** @enum {string} */
            status: "draft" | "in_review" | "approved" | "published" | "withdrawn";
            author: string;
            communities: string[];
            revision: number;
            position: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            effective_at: string | null;
            notice_from: string | null;
            notice_until: string | null;
            published_at: string | null;
            withdrawn_at: string | null;
            net_number: number | null;
            reverts_plan: string | null;
        };
        /**
         * PlanOut
         * @description A plan with its way: the steps still before it, what was decided, and other plans over the same ground.
         * @example {
         *       "author": "演示规划员",
         *       "can_redo": false,
         *       "communities": [
         *         "340302001001"
         *       ],
         *       "community_names": [
         *         {
         *           "code": "340302001001",
         *           "name": "东风社区"
         *         }
         *       ],
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "decisions": [],
         *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *       "number": 12,
         *       "others": [],
         *       "position": 3,
         *       "reason": "两个网格户数相差一倍",
         *       "revision": 4,
         *       "status": "draft",
         *       "steps": [
         *         {
         *           "key": "street",
         *           "level": "street",
         *           "name_en": "Street",
         *           "name_zh": "街道"
         *         }
         *       ],
         *       "title": "东风社区网格优化（示例）",
         *       "updated_at": "2026-11-21T09:30:00Z",
         *       "effective_at": null,
         *       "notice_from": null,
         *       "notice_until": null,
         *       "published_at": null,
         *       "withdrawn_at": null,
         *       "net_number": null,
         *       "reverts_plan": null
         *     }
         */
        PlanOut: {
            /** Format: uuid */
            id: string;
            number: number;
            title: string;
            reason: string;
            /** @enum {string} */
            status: "draft" | "in_review" | "approved" | "published" | "withdrawn";
            author: string;
            communities: string[];
            revision: number;
            position: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            effective_at: string | null;
            notice_from: string | null;
            notice_until: string | null;
            published_at: string | null;
            withdrawn_at: string | null;
            net_number: number | null;
            reverts_plan: string | null;
            community_names: components["schemas"]["CommunityName"][];
            can_redo: boolean;
            steps: components["schemas"]["StepOut"][];
            decisions: components["schemas"]["DecisionOut"][];
            others: components["schemas"]["OtherPlan"][];
        };
        /**
         * PointOut
         * @description The point in WGS 84 degrees.
         */
        PointOut: {
            x: number;
            y: number;
        };
        /**
         * PointsOut
         * @description Open incidents that have a place, as columns of the same length; times in epoch seconds.
         */
        PointsOut: {
            id: string[];
            number: number[];
            x: number[];
            y: number[];
            category: string[];
            state: string[];
            received_at: number[];
        };
        /**
         * PolicyOut
         * @description The profile of this city, as its workers see it.
         */
        PolicyOut: {
            rules: components["schemas"]["RuleOut"][];
            kept: components["schemas"]["KeptOut"][];
        };
        /**
         * PostIn
         * @description A post to authorise, vacant or filled by a worker.
         * @example {
         *       "community_code": "340302001001",
         *       "kind": "counter",
         *       "number": "P90001"
         *     }
         */
        PostIn: {
            number: string;
            community_code: string;
            /**
             * @default grid
             * @enum {string}
             */
            kind: "grid" | "counter" | "clerical" | "service";
            station_code?: string | null;
            worker_number?: string | null;
            since?: string | null;
        };
        /**
         * PostMade
         * @description A post that was authorised.
         */
        PostMade: {
            /** Format: uuid */
            id: string;
            number: string;
        };
        /**
         * PostOut
         * @description An authorised post and who fills it.
         */
        PostOut: {
            number: string;
            kind: string;
            community_code: string;
            station_code: string | null;
            since: string | null;
            until: string | null;
            worker_id: string | null;
            worker_number: string | null;
            worker_name: string | null;
        };
        /**
         * PostPage
         * @description Posts by number, and the three numbers of all that are asked for.
         */
        PostPage: {
            items: components["schemas"]["PostOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
            total: components["schemas"]["QuotaOut"];
        };
        /**
         * PostsOut
         * @description Posts by norm, filled and vacant.
         */
        PostsOut: {
            quota: number;
            filled: number;
            vacant: number;
        };
        /**
         * Problem
         * @description Why a request was refused (RFC 9457). Nothing that was sent is repeated.
         */
        Problem: {
            /** @description An address that tells what the code means. */
            type: string;
            title: string;
            status: number;
            /** @description Stable; `/api/v1/problems` lists them. */
            code: string;
            /** @description Words for people, which may change. */
            detail: string;
            faults: components["schemas"]["ProblemFault"][];
            /** @description How many there are, when not all are listed. */
            faults_total?: number;
            /** @description With `stale`: the present revision. */
            revision?: number;
            /** @description With `stale`: what is different. */
            changed?: {
                [key: string]: unknown;
            };
            /** @description With `cuts_blocks`: the blocks that would be cut. */
            block_ids?: string[];
            /** @description With `plan_has_faults`: what must be mended. */
            findings?: {
                [key: string]: unknown;
            }[];
            /** @description With `plan_stale`: the codes of grids that moved on. */
            grids?: string[];
            /** @description With `plan_pending`: the plan that waits for its day. */
            plan?: string;
            /** @description With `plan_pending`: the communities of that plan. */
            communities?: string[];
        };
        /**
         * ProblemFault
         * @description One place that is wrong: a field (`body.x`), a row (`line 7`) or a feature (`feature 3`).
         */
        ProblemFault: {
            place: string;
            code: string;
            message: string;
            /** @description Where, as GeoJSON. */
            geometry?: {
                [key: string]: unknown;
            };
        };
        /**
         * ProblemKind
         * @description One code that a problem document may bear.
         */
        ProblemKind: {
            code: string;
            status: number;
            type: string;
            meaning: string;
        };
        /**
         * ProblemKinds
         * @description Every code, in order of status and code.
         */
        ProblemKinds: {
            items: components["schemas"]["ProblemKind"][];
        };
        /**
         * ProfileIn
         * @description Rules of a profile from a moment on; the versions before stay for the past.
         * @example {
         *       "basis": "示例",
         *       "key": "example",
         *       "name_en": "Example",
         *       "name_zh": "示例标准",
         *       "rules": [
         *         {
         *           "kind": "posts_per_grid",
         *           "levels": [
         *             5
         *           ],
         *           "min": 1
         *         }
         *       ]
         *     }
         */
        ProfileIn: {
            key: string;
            name_zh: string;
            name_en: string;
            basis: string;
            rules: {
                [key: string]: unknown;
            }[];
            since?: string | null;
        };
        /**
         * ProfileOut
         * @description A version of a profile; `basis` says where its numbers come from.
         */
        ProfileOut: {
            key: string;
            version: number;
            name_zh: string;
            name_en: string;
            basis: string;
            rules: {
                [key: string]: unknown;
            }[];
            since: string | null;
            until: string | null;
        };
        /**
         * PublishIn
         * @description When the plan is to take effect; null: on the day it asks for, or at once.
         * @example {}
         */
        PublishIn: {
            effective_at?: string | null;
        };
        /**
         * PublishedOut
         * @description A published plan: from when on the net is another one, and what that changes.
         * @example {
         *       "effective_at": "2027-01-01T00:00:00+08:00",
         *       "grids_closed": 1,
         *       "grids_opened": 2,
         *       "net_number": 2,
         *       "net_version": "01a2005f-b6a0-7225-86d5-b56e70cef451",
         *       "new_codes": [
         *         "340302001001017"
         *       ],
         *       "plan": "01a2005f-b6a0-7225-86d5-b56e70cef450",
         *       "revision": 9
         *     }
         */
        PublishedOut: {
            /** Format: uuid */
            plan: string;
            /** Format: uuid */
            net_version: string;
            net_number: number;
            /** Format: date-time */
            effective_at: string;
            grids_closed: number;
            grids_opened: number;
            new_codes: string[];
            revision: number;
        };
        /**
         * QuotaOut
         * @description Posts authorised, filled and vacant; quota = filled + vacant.
         */
        QuotaOut: {
            key: string;
            quota: number;
            filled: number;
            vacant: number;
        };
        /**
         * Readiness
         * @description Whether it can work, and the state of each thing looked at.
         */
        Readiness: {
            /** @enum {string} */
            status: "ready" | "degraded" | "failing";
            version: string;
            checks: {
                [key: string]: "ok" | "warn" | "fail";
            };
        };
        /**
         * ReasonOut
         * @description Why the tolerance was not met, with the blocks it is about.
         */
        ReasonOut: {
            kind: string;
            message: string;
            blocks: string[];
        };
        /**
         * Reassign
         * @description Paint: give blocks to a grid.
         */
        Reassign: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "reassign_blocks";
            block_ids: string[];
            key: string;
        };
        /**
         * RebasedOut
         * @description A draft on the net of now.
         * @example {
         *       "done_again": 1,
         *       "left_out": [
         *         {
         *           "code": "unknown_grid",
         *           "community_code": "340302001001",
         *           "kind": "merge",
         *           "message": "There is no grid of this key in the community.",
         *           "sequence": 2
         *         }
         *       ],
         *       "moved": [
         *         {
         *           "changed": [
         *             "340302001001001",
         *             "340302001001017"
         *           ],
         *           "community_code": "340302001001",
         *           "conflicts": [
         *             "340302001001001"
         *           ]
         *         }
         *       ],
         *       "position": 2,
         *       "revision": 6
         *     }
         */
        RebasedOut: {
            revision: number;
            position: number;
            moved: components["schemas"]["MovedOnOut"][];
            done_again: number;
            left_out: components["schemas"]["LeftOutOut"][];
        };
        /**
         * RefusalIn
         * @description A refusal, with its reason.
         * @example {
         *       "note": "当月集中检查，请改期"
         *     }
         */
        RefusalIn: {
            note: string;
        };
        /**
         * RegisterOfVisit
         * @description What is wrong with the register of doors; it counts when the community has confirmed it.
         */
        RegisterOfVisit: {
            /** @enum {string} */
            kind: "missing" | "gone" | "empty" | "moved";
            /** @description Of a door that is new. */
            address?: string | null;
        };
        /**
         * Remark
         * @description A comment with a decision.
         * @example {
         *       "comment": "同意"
         *     }
         */
        Remark: {
            comment?: string | null;
        };
        /**
         * Renumber
         * @description Give grids fresh codes at publication; all of the community when none is named.
         */
        Renumber: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "renumber";
            /** @default [] */
            keys: string[];
        };
        /**
         * ReviewIn
         * @description What one makes of a flagged visit.
         */
        ReviewIn: {
            /** @enum {string} */
            verdict: "counts" | "does_not_count";
            note?: string | null;
        };
        /**
         * ReviewOut
         * @description What a person made of it.
         */
        ReviewOut: {
            verdict: string;
            note: string | null;
            by: string;
            /** Format: date-time */
            at: string;
        };
        /**
         * RightsTable
         * @description The whole table; there is a cell for every pair.
         * @example {
         *       "permissions": [
         *         {
         *           "allowed": {
         *             "auditor": true
         *           },
         *           "permission": "audit.read"
         *         }
         *       ],
         *       "roles": [
         *         {
         *           "code": "auditor",
         *           "name_en": "Auditor",
         *           "name_zh": "审计员",
         *           "own_grids_only": false
         *         }
         *       ]
         *     }
         */
        RightsTable: {
            roles: components["schemas"]["RoleItem"][];
            permissions: components["schemas"]["PermissionRow"][];
        };
        /**
         * RoleItem
         * @description A role; with `own_grids_only` it reaches what its holder is responsible for, and is given without a node.
         */
        RoleItem: {
            code: string;
            name_zh: string;
            name_en: string;
            own_grids_only: boolean;
        };
        /**
         * RoundIn
         * @description A round that begins, with the device's own identifier and, when sent later, the time it began.
         */
        RoundIn: {
            /** Format: uuid */
            client_id: string;
            /** Format: uuid */
            route_id: string;
            started_at?: string | null;
        };
        /**
         * RoundOut
         * @description A round: its stops, how many were reached, and the missed ones by name.
         */
        RoundOut: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            client_id: string;
            name: string;
            kind: string;
            grid_code: string | null;
            worker: string | null;
            /** Format: date-time */
            started_at: string;
            finished_at: string | null;
            stops: components["schemas"]["StopOut"][];
            reached: number;
            /** @description Names of the stops not reached. */
            missed: string[];
        };
        /**
         * RouteIn
         * @description A round to be walked in a grid, by its kind of patrol.
         * @example {
         *       "grid_code": "340302001001001",
         *       "kind": "fire_patrol",
         *       "name": "消防巡查一线",
         *       "stops": [
         *         {
         *           "kind": "point",
         *           "name": "东门",
         *           "x": 117.385,
         *           "y": 32.935
         *         }
         *       ]
         *     }
         */
        RouteIn: {
            name: string;
            kind: string;
            grid_code: string;
            stops: components["schemas"]["StopIn"][];
            /** @default true */
            is_active: boolean;
        };
        /**
         * RouteLine
         * @description A round that is planned in one's grids.
         */
        RouteLine: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: string;
            grid_code: string;
            stops: number;
        };
        /**
         * RouteOut
         * @description A planned round.
         */
        RouteOut: {
            /** Format: uuid */
            id: string;
            name: string;
            kind: string;
            grid_code: string | null;
            stops: {
                [key: string]: unknown;
            }[];
            revision: number;
            is_active: boolean;
        };
        /**
         * Routes
         * @description Planned rounds in order of grids.
         */
        Routes: {
            items: components["schemas"]["RouteOut"][];
        };
        /**
         * RoutingOut
         * @description One decision about whose territory it is.
         */
        RoutingOut: {
            /** Format: date-time */
            routed_at: string;
            reason: string;
            grid: components["schemas"]["PlacedGrid"] | null;
            net_version: string | null;
            distance_to_border_m: number | null;
            in_border_band: boolean;
        };
        /**
         * RowAccount
         * @description What a row makes. Id and one-time password are there when it was made; the password is never shown again.
         */
        RowAccount: {
            row: number;
            username: string;
            display_name: string;
            role: string;
            node?: string | null;
            /** @description The node of the role; null: the own grids. */
            over?: string | null;
            worker?: string | null;
            account_id?: string | null;
            one_time_password?: string | null;
        };
        /**
         * RowDone
         * @description What a row does, or would: adds or changes something, or finds it like that already.
         */
        RowDone: {
            row: number;
            /** @enum {string} */
            action: "add" | "change" | "same";
            what: string;
            before: {
                [key: string]: unknown;
            };
            after: {
                [key: string]: unknown;
            };
        };
        /**
         * RowFault
         * @description What is wrong with a row.
         */
        RowFault: {
            /** @example row 7, role */
            place: string;
            /** @example unknown_role */
            code: string;
            message: string;
        };
        /**
         * RuleOut
         * @description A line of the profile. What is `never` or `always` done cannot be switched by anybody.
         */
        RuleOut: {
            key: string;
            /** @enum {string} */
            kind: "never" | "always" | "choice";
            is_on: boolean;
            name: components["schemas"]["NamesOut"];
            about: components["schemas"]["NamesOut"];
            /** @description Why the city set it so. */
            reason: string | null;
            set_at: string | null;
        };
        /**
         * RuleSummary
         * @description How a rule fared: looked at, breached, and how often there was nothing to measure; `share` null: nothing.
         */
        RuleSummary: {
            profile: string;
            version: number;
            rule: {
                [key: string]: unknown;
            };
            looked_at: number;
            breaches: number;
            not_measurable: number;
            /** @description Breaches over what could be measured. */
            share: number | null;
        };
        /**
         * SearchItem
         * @description Something found: `grid_codes` are the grids to show, `bbox` is west, south, east, north.
         */
        SearchItem: {
            /** @enum {string} */
            kind: "area" | "grid" | "worker";
            code: string;
            label: string;
            detail: string | null;
            grid_codes: string[];
            bbox: number[] | null;
        };
        /**
         * SearchOut
         * @description What was found: areas, then grids, then workers.
         */
        SearchOut: {
            items: components["schemas"]["SearchItem"][];
        };
        /**
         * SessionItem
         * @description A living login of one's own; `client` is what the browser said it was.
         * @example {
         *       "client": "Mozilla/5.0 (Linux; Android 14)",
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "expires_at": "2026-11-28T08:00:00Z",
         *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
         *       "is_current": true,
         *       "last_seen_at": "2026-11-21T09:30:00Z"
         *     }
         */
        SessionItem: {
            /** Format: uuid */
            id: string;
            client: string;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            /**
             * Format: date-time
             * @description At the latest; sooner when it is not used.
             */
            expires_at: string;
            is_current: boolean;
        };
        /**
         * SessionList
         * @description One's own logins, the last used first.
         */
        SessionList: {
            items: components["schemas"]["SessionItem"][];
        };
        /**
         * SessionOut
         * @description Who is logged in, and how the city counts its days.
         */
        SessionOut: {
            account: components["schemas"]["AccountOut"];
            city_timezone: string;
            locale: string;
        };
        /**
         * SettingItem
         * @description A setting. `value` is in force; `given` is the environment's, in force again once the city sets nothing.
         * @example {
         *       "choices": [],
         *       "given": 30,
         *       "is_set": true,
         *       "kind": "number",
         *       "maximum": 366,
         *       "minimum": 1,
         *       "name": "visit_cycle_days",
         *       "value": 21
         *     }
         */
        SettingItem: {
            name: string;
            /** @enum {string} */
            kind: "number" | "integer" | "text" | "choice";
            value: number | string | null;
            given: number | string | null;
            is_set: boolean;
            minimum?: number | null;
            maximum?: number | null;
            choices?: string[];
        };
        /**
         * SettingList
         * @description Every setting that may change at run time.
         */
        SettingList: {
            items: components["schemas"]["SettingItem"][];
            changed_at: string | null;
            revision: number;
        };
        /**
         * Shift
         * @description Give the part of a grid inside an area to another.
         */
        Shift: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "shift";
            source: string;
            target: string;
            area: {
                [key: string]: unknown;
            };
        };
        /**
         * ShownSettings
         * @description Settings that the pages need.
         */
        ShownSettings: {
            tile_url: string | null;
            visit_cycle_days: number;
            due_soon_share: number;
            border_band_m: number;
            city_timezone: string;
        };
        /**
         * Split
         * @description Cut a grid in two by a drawn line (GeoJSON LineString, degrees).
         */
        Split: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "split";
            key: string;
            line: {
                [key: string]: unknown;
            };
        };
        /**
         * StageOut
         * @description A grid as it was for a time.
         */
        StageOut: {
            /** Format: uuid */
            grid_id: string;
            code: string;
            name: string;
            kind: string;
            community_code: string;
            area_m2: number;
            counts: {
                [key: string]: number;
            };
            /** Format: date-time */
            since: string;
            until?: string | null;
            net_number: number;
            came_from: components["schemas"]["LinkOut"][];
            went_to: components["schemas"]["LinkOut"][];
        };
        /**
         * StationChange
         * @description Since when a station is open, or from when it is closed.
         * @example {
         *       "opened_at": "2026-01-01T00:00:00+08:00"
         *     }
         */
        StationChange: {
            opened_at?: string | null;
            closed_at?: string | null;
        };
        /**
         * StationIn
         * @description A station to register; without `opened_at` it is planned.
         * @example {
         *       "area_code": "340302001000",
         *       "code": "S90001",
         *       "name": "示例社工站"
         *     }
         */
        StationIn: {
            code: string;
            name: string;
            area_code: string;
            address?: string | null;
            x?: number | null;
            y?: number | null;
            opened_at?: string | null;
        };
        /**
         * StationMade
         * @description A station that was registered.
         */
        StationMade: {
            /** Format: uuid */
            id: string;
            code: string;
        };
        /**
         * StationOut
         * @description A station: planned as long as it was not opened.
         */
        StationOut: {
            code: string;
            name: string;
            area_code: string;
            address: string | null;
            point: components["schemas"]["PlaceOut"] | null;
            /** @enum {string} */
            state: "planned" | "open" | "closed";
            opened_at: string | null;
            closed_at: string | null;
            synthetic: boolean;
        };
        /**
         * StatsOut
         * @description Counts of what there is at a moment.
         */
        StatsOut: {
            grids: number;
            vacancies: number;
            workers: number;
            doors: number;
            incidents: number;
            visits: number;
            communities: number;
            communities_with_grids: number;
            areas: number;
            blocks: number;
        };
        /**
         * StatusColumns
         * @description One row a grid, kept as columns of equal length; `worker` is a place in `workers`.
         */
        StatusColumns: {
            code: string[];
            staffing: ("main_backup" | "main_only" | "covered" | "vacant" | "uncovered")[];
            patrol: ("on_time" | "due_soon" | "overdue" | "never" | "unknown")[];
            /**
             * @description Epoch seconds.
             * @example [
             *       1763598600
             *     ]
             */
            last_visit: (number | null)[];
            open_incidents: number[];
            /**
             * @example [
             *       0
             *     ]
             */
            worker: (number | null)[];
        };
        /**
         * StatusDocument
         * @description The status of every grid.
         */
        StatusDocument: {
            as_of: string;
            headline: components["schemas"]["HeadlineOut"];
            net_version: string | null;
            grids: components["schemas"]["StatusColumns"];
            workers: string[];
            trend: components["schemas"]["TrendOut"];
        };
        /**
         * StatusOut
         * @description How the grid is staffed and looked after; `reason` is a key of the dictionary that says why.
         */
        StatusOut: {
            /** @enum {string} */
            patrol: "on_time" | "due_soon" | "overdue" | "never" | "unknown";
            /** @enum {string} */
            staffing: "main_backup" | "main_only" | "covered" | "vacant" | "uncovered";
            last_visit: string | null;
            due_at: string | null;
            reason: string;
        };
        /**
         * StepOut
         * @description A step of the approval chain.
         */
        StepOut: {
            key: string;
            /** @enum {string} */
            level: "community" | "street" | "district";
            name_zh: string;
            name_en: string;
        };
        /**
         * StopIn
         * @description A stop: a door or block by its code, or a point in WGS 84 with how near is near enough.
         */
        StopIn: {
            /** @enum {string} */
            kind: "point" | "door" | "block";
            name?: string | null;
            code?: string | null;
            x?: number | null;
            y?: number | null;
            /** @default 50 */
            radius_m: number;
        };
        /**
         * StopLine
         * @description A planned stop of a round, and when it was reached.
         */
        StopLine: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            patrol_id: string;
            patrol: string;
            grid_code: string;
            /** Format: date-time */
            started_at: string;
            place: number;
            kind: string;
            name: string;
            visit_id: string | null;
            reached_at: string | null;
        };
        /**
         * StopOut
         * @description A stop as it was when the round began, and when it was reached.
         */
        StopOut: {
            /** Format: uuid */
            id: string;
            place: number;
            kind: string;
            name: string;
            door_code: string | null;
            x: number | null;
            y: number | null;
            radius_m: number;
            visit_id: string | null;
            reached_at: string | null;
        };
        /**
         * SupervisionIn
         * @description Supervision that was held at a station.
         * @example {
         *       "began_at": "2026-11-02T09:00:00+08:00",
         *       "ended_at": "2026-11-02T12:00:00+08:00",
         *       "supervisor": "示例督导"
         *     }
         */
        SupervisionIn: {
            supervisor: string;
            /** Format: date-time */
            began_at: string;
            /** Format: date-time */
            ended_at: string;
            note?: string | null;
        };
        /**
         * SupervisionMade
         * @description A record of supervision.
         */
        SupervisionMade: {
            /** Format: uuid */
            id: string;
            hours: number;
        };
        /**
         * SupervisionMonth
         * @description Supervision at a station in a month and its hours that count.
         */
        SupervisionMonth: {
            station_code: string;
            month: string;
            hours: number;
            items: components["schemas"]["SupervisionOut"][];
        };
        /**
         * SupervisionOut
         * @description A record of supervision; a voided one does not count.
         */
        SupervisionOut: {
            /** Format: uuid */
            id: string;
            supervisor: string;
            /** Format: date-time */
            began_at: string;
            /** Format: date-time */
            ended_at: string;
            hours: number;
            note: string | null;
            recorded_by: string;
            voided_at: string | null;
            void_reason: string | null;
        };
        /**
         * SwitchIn
         * @description On or off, and why; the workers see the reason.
         * @example {
         *       "is_on": false,
         *       "reason": "按市级规定"
         *     }
         */
        SwitchIn: {
            is_on: boolean;
            reason: string;
        };
        /**
         * SyncDoor
         * @description A registered door with its point (WGS 84), for finding it without signal.
         */
        SyncDoor: {
            code: string;
            address: string;
            x: number;
            y: number;
        };
        /**
         * SyncGrid
         * @description A grid one answers for, with all of its doors; it replaces what was kept of it.
         */
        SyncGrid: {
            code: string;
            name: string;
            community_code: string;
            doors: components["schemas"]["SyncDoor"][];
        };
        /**
         * SyncKind
         * @description A kind of visit that can be logged.
         */
        SyncKind: {
            key: string;
            group: string;
            name: components["schemas"]["NamesOut"];
        };
        /**
         * SyncOut
         * @description What changed since the cursor. What is null has not changed; grids in `gone` are no longer one's own.
         */
        SyncOut: {
            cursor: string;
            duties: components["schemas"]["TodaysListOut"] | null;
            grids: components["schemas"]["SyncGrid"][];
            /** @description Codes of grids to be forgotten with their doors. */
            gone: string[];
            kinds: components["schemas"]["SyncKind"][] | null;
            /** @description Ask again at once with the new cursor: not everything fitted. */
            more: boolean;
        };
        /**
         * SystemState
         * @description The state of the service as its administrator sees it.
         */
        SystemState: {
            /** @enum {string} */
            status: "ready" | "degraded" | "failing";
            version: string;
            checks: components["schemas"]["Finding"][];
        };
        /**
         * TakerIn
         * @description Who is to take over.
         */
        TakerIn: {
            /** Format: uuid */
            to_worker_id: string;
        };
        /**
         * TeamOut
         * @description The team of a grid at a moment, by role.
         */
        TeamOut: {
            grid_code: string;
            items: components["schemas"]["MemberOut"][];
        };
        /**
         * ThingOut
         * @description An open incident that passes on; `held_by` took it on and keeps it until somebody else accepts it.
         */
        ThingOut: {
            code: string;
            what: string;
            from_code: string;
            to_code: string;
            giver: components["schemas"]["gridsvc__api__plan_handover__SideOut"];
            taker: components["schemas"]["gridsvc__api__plan_handover__SideOut"];
            held_by: string | null;
        };
        /**
         * TodaysListOut
         * @description What the worker has to do, the most urgent first. Who has to is asked of responsibility and leave at `at`.
         */
        TodaysListOut: {
            /** Format: date-time */
            at: string;
            /**
             * @description Who says which days are working days: the city, the national calendar or weekdays alone.
             * @enum {string}
             */
            calendar: "city" | "national" | "weekdays";
            grids: components["schemas"]["gridsvc__api__duties__DutyOut"][];
            care: components["schemas"]["CareDutyOut"][];
            /** @description Null while the city has set no norm for doors. */
            doors: components["schemas"]["DoorsOut"] | null;
            routes: components["schemas"]["RouteLine"][];
            open_rounds: string[];
        };
        /**
         * TokenItem
         * @description A program's token: it acts for `account`, by these rights as far as the account has them itself.
         * @example {
         *       "account": "admin",
         *       "created_at": "2026-11-21T08:00:00Z",
         *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
         *       "name": "hotline 12345",
         *       "permissions": [
         *         "incidents.create",
         *         "map.read"
         *       ],
         *       "state": "active",
         *       "until": "2027-06-30T16:00:00Z"
         *     }
         */
        TokenItem: {
            /** Format: uuid */
            id: string;
            name: string;
            account: string;
            permissions: string[];
            /** @description The part of the city it is limited to; null: as far as the account reaches. */
            node?: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            until: string;
            /** @description To the minute. */
            last_used_at?: string | null;
            /** @enum {string} */
            state: "active" | "expired" | "revoked";
        };
        /**
         * TokenList
         * @description Tokens that one made, or whose accounts one looks after; the newest first.
         */
        TokenList: {
            items: components["schemas"]["TokenItem"][];
        };
        /**
         * TransferIn
         * @description Grids to go from one worker to another at a moment, with the work that is open in them.
         * @example {
         *       "effective_at": "2026-12-01T00:00:00+08:00",
         *       "from_worker_id": "00000000-0000-7000-8000-000000000000",
         *       "grid_codes": [
         *         "340302001001001"
         *       ],
         *       "reason": "岗位调整",
         *       "to_worker_id": "00000000-0000-7000-8000-000000000001"
         *     }
         */
        TransferIn: {
            /** Format: uuid */
            from_worker_id: string;
            /** Format: uuid */
            to_worker_id: string;
            grid_codes: string[];
            /**
             * Format: date-time
             * @example 2026-12-01T00:00:00+08:00
             */
            effective_at: string;
            /** @description Then the grids come back; left out: for good. */
            until?: string | null;
            reason: string;
        };
        /**
         * TrendOut
         * @description Numbers by day, the last day last.
         */
        TrendOut: {
            visits: number[];
            incidents: number[];
        };
        /**
         * UnitOut
         * @description An area by code and name.
         */
        UnitOut: {
            code: string;
            name: string;
        };
        /**
         * UnmaskIn
         * @description Why somebody must be seen in the clear; the audit keeps it.
         * @example {
         *       "reason": "电话联系家属（示例）"
         *     }
         */
        UnmaskIn: {
            reason: string;
        };
        /**
         * VacancyOut
         * @description That a grid has had no main worker since a moment.
         */
        VacancyOut: {
            /** Format: date-time */
            since: string;
        };
        /**
         * VersionLine
         * @description What the grid was during a time.
         */
        VersionLine: {
            code: string;
            name: string;
            /** Format: date-time */
            valid_from: string;
            valid_to: string | null;
            net_version: number;
        };
        /**
         * ViewOut
         * @description What the map shows at a moment.
         */
        ViewOut: {
            city: components["schemas"]["UnitOut"] | null;
            /** Format: date-time */
            moment: string;
            net_version: components["schemas"]["NetVersionOut"] | null;
            documents: components["schemas"]["DocumentsOut"];
            settings: components["schemas"]["ShownSettings"];
            omitted: components["schemas"]["OmittedOut"][];
            synthetic: boolean;
        };
        /**
         * VisitIn
         * @description A visit: at a door, to a person, in a grid or at a place; at least one. The position is never asked by force.
         * @example {
         *       "client_id": "5a9c9d0a-6a35-4a2f-8a53-9a1c3d6b7e22",
         *       "grid_code": "340302001001001",
         *       "kind": "care_visit",
         *       "occurred_at": "2026-11-20T09:05:00+08:00",
         *       "result": "done"
         *     }
         */
        VisitIn: {
            /** @description The device's own identifier; sent again, nothing is added. */
            client_id?: string | null;
            kind: string;
            /**
             * @description `withdrawn` only corrects: the visit was not made.
             * @default done
             * @enum {string}
             */
            result: "done" | "nobody_home" | "refused" | "withdrawn";
            grid_code?: string | null;
            door_code?: string | null;
            /** @description The person visited, as the list of the day names them. */
            subject_id?: string | null;
            /** @description The stop of a round that this visit reaches. */
            stop_id?: string | null;
            x?: number | null;
            y?: number | null;
            crs?: string | null;
            accuracy_m?: number | null;
            occurred_at?: string | null;
            note?: string | null;
            /** @description Client identifier of one's own visit that this one replaces. */
            corrects?: string | null;
            /**
             * @description Hashes that /photos gave.
             * @default []
             */
            photos: string[];
            incident?: components["schemas"]["IncidentOfVisit"] | null;
            register?: components["schemas"]["RegisterOfVisit"] | null;
            /**
             * @description Made up, for a demonstration or a test.
             * @default false
             */
            synthetic: boolean;
        };
        /**
         * VisitKindIn
         * @description A kind of visit as the city wants it.
         */
        VisitKindIn: {
            /** @enum {string} */
            group: "service" | "patrol";
            name_zh: string;
            name_en: string;
            /** @default true */
            is_active: boolean;
        };
        /**
         * VisitKindOut
         * @description A kind of visit: a service or a patrol. One out of use stays, because old visits bear its key.
         */
        VisitKindOut: {
            key: string;
            group: string;
            name: components["schemas"]["NamesOut"];
            is_active: boolean;
            /** @description Shipped as an example; the city has not made it its own. */
            is_example: boolean;
        };
        /**
         * VisitKinds
         * @description The city's catalogue of visits.
         */
        VisitKinds: {
            items: components["schemas"]["VisitKindOut"][];
        };
        /**
         * VisitLine
         * @description A visit in one line.
         */
        VisitLine: {
            id: string;
            /** Format: date-time */
            occurred_at: string;
            worker: string | null;
            kind: string;
            result: string;
            door: string | null;
        };
        /**
         * VisitOut
         * @description A visit as stored. One that was corrected, or judged not to count, is void from a moment on and stays.
         */
        VisitOut: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            client_id: string;
            worker: string | null;
            kind: string;
            result: string;
            grid_code: string | null;
            door_code: string | null;
            door: string | null;
            note: string | null;
            flags: string[];
            /** Format: date-time */
            occurred_at: string;
            declared_at: string | null;
            /** Format: date-time */
            received_at: string;
            void_at: string | null;
            corrects: string | null;
            corrected_by: string | null;
            incident: string | null;
            photos: string[];
            review: components["schemas"]["ReviewOut"] | null;
            synthetic: boolean;
        };
        /**
         * VisitReceiptOut
         * @description What was stored; `grid` is the one of the net at the time of the visit. Flags are for a person to judge.
         */
        VisitReceiptOut: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            client_id: string;
            grid: components["schemas"]["PlacedGrid"] | null;
            net_version: string | null;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            received_at: string;
            flags: string[];
            /** @description The incident that the visit opened. */
            incident?: string | null;
            /** @description The correction that waits for the community. */
            register_correction?: string | null;
        };
        /**
         * VoidIn
         * @description Why a record is not to count.
         * @example {
         *       "reason": "登记有误"
         *     }
         */
        VoidIn: {
            reason: string;
        };
        /**
         * WorkerChange
         * @description What of a worker is to be changed; what is left out stays.
         * @example {
         *       "phone": "000-0000-9002"
         *     }
         */
        WorkerChange: {
            name?: string | null;
            community_code?: string | null;
            phone?: string | null;
        };
        /**
         * WorkerDetail
         * @description A worker with what they do, hold and are away for.
         */
        WorkerDetail: {
            /** Format: uuid */
            id: string;
            number: string;
            name: string;
            phone: string | null;
            community_code: string;
            /** @enum {string} */
            state: "serving" | "left";
            left_at: string | null;
            has_account: boolean;
            grids: number;
            /** @description Households of the grids held as main worker; null: not known. */
            households: number | null;
            post: string | null;
            revision: number;
            synthetic: boolean;
            functions: components["schemas"]["gridsvc__api__staffing__DutyOut"][];
            held: components["schemas"]["HeldGrid"][];
            leaves: components["schemas"]["LeaveLine"][];
            notes: string[];
        };
        /**
         * WorkerFiguresOut
         * @description What a worker would have, and has today; null: vacant grids.
         */
        WorkerFiguresOut: {
            worker: string | null;
            grids: string[];
            workload: number;
            workload_today: number;
        };
        /**
         * WorkerIn
         * @description A worker to take on; `number` is the city's own.
         * @example {
         *       "community_code": "340302001001",
         *       "name": "示例新员",
         *       "number": "W90001",
         *       "phone": "000-0000-9001"
         *     }
         */
        WorkerIn: {
            number: string;
            name: string;
            community_code: string;
            phone?: string | null;
            /** @default false */
            synthetic: boolean;
        };
        /**
         * ChangeIn
         * @description That there was a major change in somebody's life; what it was is not asked.
         */
        gridsvc__api__duties__ChangeIn: {
            /** Format: uuid */
            subject_id: string;
            /**
             * Format: date-time
             * @example 2026-12-01T00:00:00+08:00
             */
            happened_at: string;
        };
        /**
         * DutyOut
         * @description Something to be visited: since when nobody was there, and until when somebody has to be.
         */
        gridsvc__api__duties__DutyOut: {
            code: string;
            class_key: string;
            last_visit: string | null;
            /** Format: date-time */
            due_at: string;
            /** @enum {string} */
            status: "on_time" | "due_soon" | "overdue" | "never";
        };
        /**
         * SideOut
         * @description A side of a hand-over, and when and by whom it was confirmed.
         */
        gridsvc__api__handover__SideOut: {
            /** Format: uuid */
            worker_id: string;
            number: string;
            name: string;
            confirmed_at: string | null;
            confirmed_by: string | null;
        };
        /**
         * SideOut
         * @description A worker; all null is a named vacancy.
         */
        gridsvc__api__plan_handover__SideOut: {
            worker_id: string | null;
            number: string | null;
            name: string | null;
        };
        /**
         * ChangeIn
         * @description Who is to hold a grid, as what, from when on; no worker means a vacancy, or no backup.
         * @example {
         *       "grid_code": "340302001001001",
         *       "role": "main",
         *       "since": "2026-12-01T00:00:00+08:00"
         *     }
         */
        gridsvc__api__responsibilities__ChangeIn: {
            grid_code: string;
            /**
             * @default main
             * @enum {string}
             */
            role: "main" | "backup";
            worker_id?: string | null;
            /** Format: date-time */
            since: string;
            /** @description Then whoever held it before comes back; left out: for good. */
            until?: string | null;
            /**
             * @description Also do away with what is planned for later.
             * @default false
             */
            replace_later: boolean;
        };
        /**
         * WorkerOut
         * @description The worker that an account belongs to.
         */
        gridsvc__api__session__WorkerOut: {
            id: string;
            name: string;
        };
        /**
         * DutyOut
         * @description A function: rank is main, or second for one claimed beside it.
         */
        gridsvc__api__staffing__DutyOut: {
            rank: string;
            kind: string;
            line_key?: string | null;
            name_zh?: string | null;
            name_en?: string | null;
            since?: string | null;
        };
        /**
         * WorkerOut
         * @description A worker; without an account they get no list on the phone. `revision` is also the ETag.
         */
        gridsvc__api__staffing__WorkerOut: {
            /** Format: uuid */
            id: string;
            number: string;
            name: string;
            phone: string | null;
            community_code: string;
            /** @enum {string} */
            state: "serving" | "left";
            left_at: string | null;
            has_account: boolean;
            grids: number;
            /** @description Households of the grids held as main worker; null: not known. */
            households: number | null;
            post: string | null;
            revision: number;
            synthetic: boolean;
        };
    };
    responses: {
        /** @description Refused, with the place of the fault. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/invalid_input",
                 *       "title": "invalid input",
                 *       "status": 422,
                 *       "code": "invalid_input",
                 *       "detail": "The input is not valid.",
                 *       "faults": [
                 *         {
                 *           "place": "query.as_of",
                 *           "code": "no_zone",
                 *           "message": "The moment has no time zone."
                 *         }
                 *       ]
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Cannot be answered now. */
        Unavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "/problems/unavailable",
                 *       "title": "unavailable",
                 *       "status": 503,
                 *       "code": "unavailable",
                 *       "detail": "The database does not answer; nothing was stored.",
                 *       "faults": []
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    who_am_i: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "username": "example",
                     *         "display_name": "示例账号",
                     *         "roles": [
                     *           "worker"
                     *         ],
                     *         "permissions": [
                     *           "示例"
                     *         ],
                     *         "worker": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例"
                     *         },
                     *         "must_change_password": false
                     *       },
                     *       "city_timezone": "Asia/Shanghai",
                     *       "locale": "zh-CN"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "…",
                 *       "username": "worker"
                 *     }
                 */
                "application/json": components["schemas"]["Credentials"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "username": "example",
                     *         "display_name": "示例账号",
                     *         "roles": [
                     *           "worker"
                     *         ],
                     *         "permissions": [
                     *           "示例"
                     *         ],
                     *         "worker": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例"
                     *         },
                     *         "must_change_password": false
                     *       },
                     *       "city_timezone": "Asia/Shanghai",
                     *       "locale": "zh-CN"
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_my_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "new_password": "long and only yours",
                 *       "old_password": "k7mq-9xwp-3trd"
                 *     }
                 */
                "application/json": components["schemas"]["NewPassword"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_my_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "client": "Mozilla/5.0 (Linux; Android 14)",
                     *           "created_at": "2026-11-21T08:00:00Z",
                     *           "expires_at": "2026-11-28T08:00:00Z",
                     *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *           "is_current": true,
                     *           "last_seen_at": "2026-11-21T09:30:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    end_my_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    import_accounts: {
        parameters: {
            query?: {
                /** @description Only look at the rows. */
                dry_run?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "(file)"
                 *     }
                 */
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description An Excel table (.xlsx) or CSV in UTF-8 or GB18030; names in the first row.
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Tried out; nothing was stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 1,
                     *       "accounts": [
                     *         {
                     *           "display_name": "王丽（示例）",
                     *           "node": "340302001001",
                     *           "role": "worker",
                     *           "row": 2,
                     *           "username": "wang.li",
                     *           "worker": "W0001"
                     *         }
                     *       ],
                     *       "dry_run": true,
                     *       "faults": [
                     *         {
                     *           "code": "unknown_role",
                     *           "message": "There is no such role.",
                     *           "place": "row 3, role"
                     *         }
                     *       ],
                     *       "faults_total": 1,
                     *       "read": 2,
                     *       "rejected": 1
                     *     }
                     */
                    "application/json": components["schemas"]["AccountImport"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accepted": 1,
                     *       "accounts": [
                     *         {
                     *           "display_name": "王丽（示例）",
                     *           "node": "340302001001",
                     *           "role": "worker",
                     *           "row": 2,
                     *           "username": "wang.li",
                     *           "worker": "W0001"
                     *         }
                     *       ],
                     *       "dry_run": true,
                     *       "faults": [
                     *         {
                     *           "code": "unknown_role",
                     *           "message": "There is no such role.",
                     *           "place": "row 3, role"
                     *         }
                     *       ],
                     *       "faults_total": 1,
                     *       "read": 2,
                     *       "rejected": 1
                     *     }
                     */
                    "application/json": components["schemas"]["AccountImport"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_accounts: {
        parameters: {
            query?: {
                /** @description Part of either name. */
                q?: string | null;
                state?: ("active" | "disabled") | null;
                /** @description A role held now. */
                role?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "created_at": "2026-11-21T08:00:00Z",
                     *           "display_name": "王丽（示例）",
                     *           "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "must_change_password": false,
                     *           "node": "340302001000",
                     *           "revision": 3,
                     *           "roles": [
                     *             "dispatcher"
                     *           ],
                     *           "state": "active",
                     *           "username": "wang.li"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_AccountItem_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    create_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "王丽（示例）",
                 *       "node": "340302001000",
                 *       "username": "wang.li"
                 *     }
                 */
                "application/json": components["schemas"]["NewAccount"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "created_at": "2026-11-21T08:00:00Z",
                     *         "display_name": "王丽（示例）",
                     *         "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *         "must_change_password": false,
                     *         "node": "340302001000",
                     *         "revision": 3,
                     *         "roles": [
                     *           "dispatcher"
                     *         ],
                     *         "state": "active",
                     *         "username": "wang.li"
                     *       },
                     *       "one_time_password": "k7mq-9xwp-3trd"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeAccount"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_account: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "display_name": "王丽（示例）",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "must_change_password": false,
                     *       "node": "340302001000",
                     *       "revision": 3,
                     *       "roles": [
                     *         "dispatcher"
                     *       ],
                     *       "state": "active",
                     *       "username": "wang.li"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    edit_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "display_name": "王丽（示例）"
                 *     }
                 */
                "application/json": components["schemas"]["AccountChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "display_name": "王丽（示例）",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "must_change_password": false,
                     *       "node": "340302001000",
                     *       "revision": 3,
                     *       "roles": [
                     *         "dispatcher"
                     *       ],
                     *       "state": "active",
                     *       "username": "wang.li"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    disable_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "display_name": "王丽（示例）",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "must_change_password": false,
                     *       "node": "340302001000",
                     *       "revision": 3,
                     *       "roles": [
                     *         "dispatcher"
                     *       ],
                     *       "state": "active",
                     *       "username": "wang.li"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    enable_account: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "display_name": "王丽（示例）",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "must_change_password": false,
                     *       "node": "340302001000",
                     *       "revision": 3,
                     *       "roles": [
                     *         "dispatcher"
                     *       ],
                     *       "state": "active",
                     *       "username": "wang.li"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "one_time_password": "k7mq-9xwp-3trd"
                     *     }
                     */
                    "application/json": components["schemas"]["OneTimePassword"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    revoke_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ended": 2
                     *     }
                     */
                    "application/json": components["schemas"]["EndedSessions"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_grants: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "from": "2026-12-01T00:00:00+08:00",
                     *           "id": "01a2005f-b6a0-7225-86d5-b56fbb0003c8",
                     *           "is_current": true,
                     *           "node": "340302001000",
                     *           "revision": 1,
                     *           "role": "dispatcher"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GrantList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    give_grant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "node": "340302001000",
                 *       "role": "dispatcher"
                 *     }
                 */
                "application/json": components["schemas"]["NewGrant"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-12-01T00:00:00+08:00",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56fbb0003c8",
                     *       "is_current": true,
                     *       "node": "340302001000",
                     *       "revision": 1,
                     *       "role": "dispatcher"
                     *     }
                     */
                    "application/json": components["schemas"]["GrantItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    end_grant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_grant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                account_id: string;
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                grant_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "until": "2027-03-01T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["GrantChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-12-01T00:00:00+08:00",
                     *       "id": "01a2005f-b6a0-7225-86d5-b56fbb0003c8",
                     *       "is_current": true,
                     *       "node": "340302001000",
                     *       "revision": 1,
                     *       "role": "dispatcher"
                     *     }
                     */
                    "application/json": components["schemas"]["GrantItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "account": "admin",
                     *           "created_at": "2026-11-21T08:00:00Z",
                     *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *           "name": "hotline 12345",
                     *           "permissions": [
                     *             "incidents.create",
                     *             "map.read"
                     *           ],
                     *           "state": "active",
                     *           "until": "2027-06-30T16:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TokenList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "hotline 12345",
                 *       "permissions": [
                 *         "incidents.create",
                 *         "map.read"
                 *       ],
                 *       "until": "2027-06-30T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": "admin",
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *       "name": "hotline 12345",
                     *       "permissions": [
                     *         "incidents.create",
                     *         "map.read"
                     *       ],
                     *       "state": "active",
                     *       "token": "gridsvc_…",
                     *       "until": "2027-06-30T16:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeToken"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    read_rights: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "permissions": [
                     *         {
                     *           "allowed": {
                     *             "auditor": true
                     *           },
                     *           "permission": "audit.read"
                     *         }
                     *       ],
                     *       "roles": [
                     *         {
                     *           "code": "auditor",
                     *           "name_en": "Auditor",
                     *           "name_zh": "审计员",
                     *           "own_grids_only": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RightsTable"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_right: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: string;
                permission: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "allowed": true
                 *     }
                 */
                "application/json": components["schemas"]["Cell"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "allowed": true
                     *     }
                     */
                    "application/json": components["schemas"]["Cell"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_management_nodes: {
        parameters: {
            query?: {
                /** @description Only its children. */
                under?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "area_code": "340302001000",
                     *           "code": "340302001000",
                     *           "delegations": [
                     *             {
                     *               "from": "2026-12-01T00:00:00+08:00",
                     *               "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *               "parent": "development-zone"
                     *             }
                     *           ],
                     *           "name": "一街道",
                     *           "own_parent": "340302000000",
                     *           "parent": "development-zone",
                     *           "revision": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["NodeList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_management_node: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "development-zone",
                 *       "name": "开发区",
                 *       "parent": "340300000000"
                 *     }
                 */
                "application/json": components["schemas"]["NewNode"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "area_code": "340302001000",
                     *       "code": "340302001000",
                     *       "delegations": [
                     *         {
                     *           "from": "2026-12-01T00:00:00+08:00",
                     *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *           "parent": "development-zone"
                     *         }
                     *       ],
                     *       "name": "一街道",
                     *       "own_parent": "340302000000",
                     *       "parent": "development-zone",
                     *       "revision": 2
                     *     }
                     */
                    "application/json": components["schemas"]["NodeItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_management_node: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "area_code": "340302001000",
                     *       "code": "340302001000",
                     *       "delegations": [
                     *         {
                     *           "from": "2026-12-01T00:00:00+08:00",
                     *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *           "parent": "development-zone"
                     *         }
                     *       ],
                     *       "name": "一街道",
                     *       "own_parent": "340302000000",
                     *       "parent": "development-zone",
                     *       "revision": 2
                     *     }
                     */
                    "application/json": components["schemas"]["NodeItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    rename_management_node: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "高新区"
                 *     }
                 */
                "application/json": components["schemas"]["NodeChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "area_code": "340302001000",
                     *       "code": "340302001000",
                     *       "delegations": [
                     *         {
                     *           "from": "2026-12-01T00:00:00+08:00",
                     *           "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *           "parent": "development-zone"
                     *         }
                     *       ],
                     *       "name": "一街道",
                     *       "own_parent": "340302000000",
                     *       "parent": "development-zone",
                     *       "revision": 2
                     *     }
                     */
                    "application/json": components["schemas"]["NodeItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    delegate_management_node: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-12-01T00:00:00+08:00",
                 *       "parent": "development-zone"
                 *     }
                 */
                "application/json": components["schemas"]["NewDelegation"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-12-01T00:00:00+08:00",
                     *       "id": "01a2005f-b6a1-762c-8406-08d1304b6971",
                     *       "parent": "development-zone"
                     *     }
                     */
                    "application/json": components["schemas"]["DelegationItem"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    end_management_delegation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                delegation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_audit: {
        parameters: {
            query?: {
                username?: string | null;
                /** @description One action, or all that begin so: `care.`. */
                action?: string | null;
                object_kind?: string | null;
                object_id?: string | null;
                result?: ("done" | "refused" | "failed") | null;
                /** @description From this moment on, with its zone. */
                since?: string | null;
                /** @description Before this moment, with its zone. */
                until?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "access": "session",
                     *           "account_id": "01a2005f-b6a0-7225-86d5-b56e70cef451",
                     *           "action": "care.unmask",
                     *           "address": "10.1.2.3",
                     *           "at": "2026-11-21T08:00:00+08:00",
                     *           "detail": {
                     *             "number": "C00001"
                     *           },
                     *           "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "object_id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                     *           "object_kind": "care_subject",
                     *           "reason": "电话联系家属（示例）",
                     *           "result": "done",
                     *           "roles": [
                     *             "supervisor"
                     *           ],
                     *           "username": "supervisor"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_AuditRow_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    export_audit: {
        parameters: {
            query?: {
                username?: string | null;
                /** @description One action, or all that begin so: `care.`. */
                action?: string | null;
                object_kind?: string | null;
                object_id?: string | null;
                result?: ("done" | "refused" | "failed") | null;
                /** @description From this moment on, with its zone. */
                since?: string | null;
                /** @description Before this moment, with its zone. */
                until?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A CSV file, UTF-8 with byte order mark. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    read_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "choices": [],
                     *           "given": 30,
                     *           "is_set": true,
                     *           "kind": "number",
                     *           "maximum": 366,
                     *           "minimum": 1,
                     *           "name": "visit_cycle_days",
                     *           "value": 21
                     *         }
                     *       ],
                     *       "changed_at": "2026-11-20T08:30:00+08:00",
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["SettingList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_settings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visit_cycle_days": 21
                 *     }
                 */
                "application/json": components["schemas"]["CityValues"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "choices": [],
                     *           "given": 30,
                     *           "is_set": true,
                     *           "kind": "number",
                     *           "maximum": 366,
                     *           "minimum": 1,
                     *           "name": "visit_cycle_days",
                     *           "value": 21
                     *         }
                     *       ],
                     *       "changed_at": "2026-11-20T08:30:00+08:00",
                     *       "revision": 1
                     *     }
                     */
                    "application/json": components["schemas"]["SettingList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    problem_codes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "status": 1,
                     *           "type": "示例",
                     *           "meaning": "示例"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ProblemKinds"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    catalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "incident_categories": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "group": "示例"
                     *         }
                     *       ],
                     *       "channels": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "group": "示例"
                     *         }
                     *       ],
                     *       "visit_kinds": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "group": "示例"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CatalogueOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    locate_point: {
        parameters: {
            query: {
                /** @description Longitude or easting. */
                x: number;
                /** @description Latitude or northing. */
                y: number;
                /** @description EPSG:n, GCJ-02 or BD-09. */
                crs: string;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "main": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000",
                     *         "on_leave": false,
                     *         "on_leave_until": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "vacancy": {
                     *         "since": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "backup": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000"
                     *       },
                     *       "answers": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000",
                     *         "role": "main"
                     *       },
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "hidden": false,
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例",
                     *         "kind": "basic"
                     *       },
                     *       "community": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "street": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "district": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "net_version": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": 7
                     *       },
                     *       "distance_to_border_m": 1,
                     *       "in_border_band": false,
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "as_of": "2026-11-20T08:30:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["LocateOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    grids: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A GeoJSON FeatureCollection (RFC 7946). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "geometry": {
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ]
                     *               ]
                     *             ],
                     *             "type": "Polygon"
                     *           },
                     *           "properties": {
                     *             "code": "340302001001001",
                     *             "name": "示例",
                     *             "kind": "basic",
                     *             "community_code": "340302001001",
                     *             "scheme": "示例",
                     *             "area_m2": 1,
                     *             "synthetic": true
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/geo+json": components["schemas"]["ExactGrids"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    blocks: {
        parameters: {
            query: {
                /** @description West,south,east,north in degrees. */
                bbox: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A GeoJSON FeatureCollection (RFC 7946). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "geometry": {
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ]
                     *               ]
                     *             ],
                     *             "type": "Polygon"
                     *           },
                     *           "properties": {
                     *             "code": "340302001001001",
                     *             "community_code": "340302001001",
                     *             "synthetic": true,
                     *             "households": 1,
                     *             "population": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/geo+json": components["schemas"]["Blocks"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    doors: {
        parameters: {
            query?: {
                /** @description Part of an address, or the beginning of a code. */
                q?: string;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "address": "示例路1号"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_DoorOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @example 示例 */
                q: string;
                limit?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "kind": "area",
                     *           "code": "340302001001001",
                     *           "label": "示例",
                     *           "detail": "示例",
                     *           "grid_codes": [
                     *             "340302001001001"
                     *           ],
                     *           "bbox": [
                     *             117.38,
                     *             32.91,
                     *             117.4,
                     *             32.93
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SearchOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    net_check: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A GeoJSON FeatureCollection (RFC 7946). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "geometry": {
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ]
                     *               ]
                     *             ],
                     *             "type": "Polygon"
                     *           },
                     *           "properties": {
                     *             "kind": "basic",
                     *             "size_m2": 1,
                     *             "size_m": 1,
                     *             "codes": [
                     *               "340302001001001"
                     *             ],
                     *             "community_codes": [
                     *               "340302001001"
                     *             ],
                     *             "is_fault": false,
                     *             "message": "示例",
                     *             "about": "示例"
                     *           }
                     *         }
                     *       ],
                     *       "summary": {
                     *         "at": "示例",
                     *         "grids": 1,
                     *         "communities": 1,
                     *         "communities_without_grids": [
                     *           "示例"
                     *         ],
                     *         "faults": 1,
                     *         "findings": {},
                     *         "block_findings": 1
                     *       }
                     *     }
                     */
                    "application/geo+json": components["schemas"]["NetReport"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    card: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "main": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000",
                     *         "on_leave": false,
                     *         "on_leave_until": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "vacancy": {
                     *         "since": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "backup": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000"
                     *       },
                     *       "answers": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "name": "示例",
                     *         "phone": "13800000000",
                     *         "role": "main"
                     *       },
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "hidden": false,
                     *       "code": "340302001001001",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "valid_from": "2026-11-20T08:30:00+08:00",
                     *       "valid_to": null,
                     *       "community": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "street": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "district": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "pilot": false,
                     *       "synthetic": true,
                     *       "counts": {
                     *         "households": 321,
                     *         "doors": 318
                     *       },
                     *       "area_m2": 1,
                     *       "bbox": [
                     *         117.38,
                     *         32.91,
                     *         117.4,
                     *         32.93
                     *       ],
                     *       "status": {
                     *         "patrol": "on_time",
                     *         "staffing": "main_backup",
                     *         "last_visit": "2026-11-20T08:30:00+08:00",
                     *         "due_at": "2026-11-20T08:30:00+08:00",
                     *         "reason": "示例"
                     *       },
                     *       "visits": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "occurred_at": "2026-11-20T08:30:00+08:00",
                     *           "worker": "示例",
                     *           "kind": "basic",
                     *           "result": "示例",
                     *           "door": "示例"
                     *         }
                     *       ],
                     *       "incidents": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": 7,
                     *           "category": "exposed_rubbish",
                     *           "received_at": "2026-11-20T08:30:00+08:00",
                     *           "state": "routed"
                     *         }
                     *       ],
                     *       "open_incidents": 1,
                     *       "history": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "valid_from": "2026-11-20T08:30:00+08:00",
                     *           "valid_to": null,
                     *           "net_version": 1
                     *         }
                     *       ],
                     *       "as_of": "2026-11-20T08:30:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["CardOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    document: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example grids */
                kind: "grids" | "areas" | "backdrop";
                /** @example 示例 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A GeoJSON FeatureCollection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "FeatureCollection",
                     *       "features": [
                     *         {
                     *           "type": "Feature",
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "geometry": {
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ]
                     *               ]
                     *             ],
                     *             "type": "Polygon"
                     *           },
                     *           "properties": {
                     *             "code": "340302001001001",
                     *             "name": "示例",
                     *             "kind": "basic",
                     *             "community_code": "340302001001"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/geo+json": components["schemas"]["MapDocument"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    import_layer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example areas */
                layer: "areas" | "blocks" | "doors" | "grids";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "(file)",
                 *       "crs": "EPSG:4490",
                 *       "layer": "示例",
                 *       "fields": "{\"code\": \"GRID_CODE\", \"name\": \"NAME\"}",
                 *       "scheme": "standard15",
                 *       "effective_at": "2026-11-20T08:30:00+08:00",
                 *       "dry_run": false
                 *     }
                 */
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description GeoJSON, GeoPackage or a zipped Shapefile.
                     */
                    file: string;
                    /** @example EPSG:4490 */
                    crs?: string;
                    layer?: string;
                    /**
                     * @description JSON: names of fields in the file by code, name, community, block, kind, pilot, counts.
                     * @example {"code": "GRID_CODE", "name": "NAME"}
                     */
                    fields?: string;
                    /** @enum {string} */
                    scheme?: "standard15" | "local";
                    /** Format: date-time */
                    effective_at?: string;
                    dry_run?: boolean;
                };
            };
        };
        responses: {
            /** @description Tried out; nothing was stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "layer": "areas",
                     *       "dry_run": false,
                     *       "read": 1,
                     *       "accepted": 1,
                     *       "already_there": 1,
                     *       "rejected": 1,
                     *       "faults_total": 1,
                     *       "errors": [
                     *         {
                     *           "place": "示例",
                     *           "feature": 1,
                     *           "field": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例"
                     *         }
                     *       ],
                     *       "findings": [
                     *         {
                     *           "place": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例",
                     *           "geometry": {}
                     *         }
                     *       ],
                     *       "format": "示例",
                     *       "crs": "EPSG:4326",
                     *       "encoding": "示例",
                     *       "net_version": 1,
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "incidents_rerouted": 0
                     *     }
                     */
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "layer": "areas",
                     *       "dry_run": false,
                     *       "read": 1,
                     *       "accepted": 1,
                     *       "already_there": 1,
                     *       "rejected": 1,
                     *       "faults_total": 1,
                     *       "errors": [
                     *         {
                     *           "place": "示例",
                     *           "feature": 1,
                     *           "field": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例"
                     *         }
                     *       ],
                     *       "findings": [
                     *         {
                     *           "place": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例",
                     *           "geometry": {}
                     *         }
                     *       ],
                     *       "format": "示例",
                     *       "crs": "EPSG:4326",
                     *       "encoding": "示例",
                     *       "net_version": 1,
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "incidents_rerouted": 0
                     *     }
                     */
                    "application/json": components["schemas"]["ImportReport"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    view: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "city": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "moment": "2026-11-20T08:30:00+08:00",
                     *       "net_version": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": 7,
                     *         "effective_at": "2026-11-20T08:30:00+08:00",
                     *         "published_at": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "documents": {
                     *         "grids": "示例",
                     *         "areas": "示例",
                     *         "backdrop": "示例"
                     *       },
                     *       "settings": {
                     *         "tile_url": null,
                     *         "visit_cycle_days": 1,
                     *         "due_soon_share": 1,
                     *         "border_band_m": 1,
                     *         "city_timezone": "Asia/Shanghai"
                     *       },
                     *       "omitted": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "reason": "no_outline"
                     *         }
                     *       ],
                     *       "synthetic": true
                     *     }
                     */
                    "application/json": components["schemas"]["ViewOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    status: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "as_of": "示例",
                     *       "headline": {
                     *         "coverage": {
                     *           "visited": 1,
                     *           "doors": 1,
                     *           "from": "2026-11-20T08:30:00+08:00",
                     *           "to": "2026-12-01T00:00:00+08:00",
                     *           "register_date": "示例"
                     *         },
                     *         "patrol": {
                     *           "on_time": 12,
                     *           "overdue": 3
                     *         },
                     *         "staffing": {
                     *           "main_backup": 14,
                     *           "vacant": 1
                     *         },
                     *         "overdue": {
                     *           "grids": 1,
                     *           "of": 1
                     *         },
                     *         "open_incidents": {
                     *           "count": 1,
                     *           "unlocated": 1,
                     *           "outside": 1
                     *         },
                     *         "vacancies": {
                     *           "grids": 1,
                     *           "of": 1
                     *         },
                     *         "posts": {
                     *           "quota": 1,
                     *           "filled": 1,
                     *           "vacant": 1
                     *         },
                     *         "pilot": {
                     *           "communities": 1,
                     *           "of": 1
                     *         }
                     *       },
                     *       "net_version": "示例",
                     *       "grids": {
                     *         "code": [
                     *           "340302001001001"
                     *         ],
                     *         "staffing": [
                     *           "main_backup"
                     *         ],
                     *         "patrol": [
                     *           "on_time"
                     *         ],
                     *         "last_visit": [
                     *           1763598600
                     *         ],
                     *         "open_incidents": [
                     *           1
                     *         ],
                     *         "worker": [
                     *           0
                     *         ]
                     *       },
                     *       "workers": [
                     *         "示例"
                     *       ],
                     *       "trend": {
                     *         "visits": [
                     *           1
                     *         ],
                     *         "incidents": [
                     *           1
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StatusDocument"];
                };
            };
            /** @description Nothing has changed. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    stats: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "grids": 1,
                     *       "vacancies": 1,
                     *       "workers": 1,
                     *       "doors": 1,
                     *       "incidents": 1,
                     *       "visits": 1,
                     *       "communities": 1,
                     *       "communities_with_grids": 1,
                     *       "areas": 1,
                     *       "blocks": 1
                     *     }
                     */
                    "application/json": components["schemas"]["StatsOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    points: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ],
                     *       "number": [
                     *         7
                     *       ],
                     *       "x": [
                     *         117.3889
                     *       ],
                     *       "y": [
                     *         32.9169
                     *       ],
                     *       "category": [
                     *         "exposed_rubbish"
                     *       ],
                     *       "state": [
                     *         "routed"
                     *       ],
                     *       "received_at": [
                     *         1
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PointsOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    incidents: {
        parameters: {
            query?: {
                state?: "open" | "routed" | "unlocated" | "outside" | "closed" | "all";
                /** @description Only those of the grid with this code. */
                grid?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": 7,
                     *           "channel": "hotline",
                     *           "category": "exposed_rubbish",
                     *           "description": "示例",
                     *           "address": "示例路1号",
                     *           "state": "routed",
                     *           "is_open": false,
                     *           "occurred_at": "2026-11-20T08:30:00+08:00",
                     *           "received_at": "2026-11-20T08:30:00+08:00",
                     *           "grid_code": "340302001001001",
                     *           "point": {
                     *             "x": 117.3889,
                     *             "y": 32.9169
                     *           },
                     *           "synthetic": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_IncidentOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    report_incident: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "category": "exposed_rubbish",
                 *       "channel": "hotline",
                 *       "client_id": "0b0f7e0e-3a3c-4d57-9a52-6f0a1c1f2e11",
                 *       "crs": "GCJ-02",
                 *       "description": "路口垃圾未清运（示例）",
                 *       "occurred_at": "2026-11-20T08:30:00+08:00",
                 *       "x": 117.3889,
                 *       "y": 32.9169
                 *     }
                 */
                "application/json": components["schemas"]["IncidentIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": 7,
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "state": "routed",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "who": {
                     *         "main": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "on_leave": false,
                     *           "on_leave_until": "2026-11-20T08:30:00+08:00"
                     *         },
                     *         "vacancy": {
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         },
                     *         "backup": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000"
                     *         },
                     *         "answers": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "role": "main"
                     *         },
                     *         "until": "2026-11-20T08:30:00+08:00",
                     *         "hidden": false
                     *       },
                     *       "net_version": {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": 7
                     *       },
                     *       "distance_to_border_m": 1,
                     *       "in_border_band": false,
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "received_at": "2026-11-20T08:30:00+08:00",
                     *       "routed_at": "2026-11-20T08:30:00+08:00",
                     *       "flags": []
                     *     }
                     */
                    "application/json": components["schemas"]["IncidentReceipt"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    incident: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": 7,
                     *       "channel": "hotline",
                     *       "category": "exposed_rubbish",
                     *       "description": "示例",
                     *       "address": "示例路1号",
                     *       "state": "routed",
                     *       "is_open": false,
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "received_at": "2026-11-20T08:30:00+08:00",
                     *       "grid_code": "340302001001001",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "synthetic": true,
                     *       "raw_x": 117.3889,
                     *       "raw_y": 32.9169,
                     *       "raw_crs": "GCJ-02",
                     *       "routing": [
                     *         {
                     *           "routed_at": "2026-11-20T08:30:00+08:00",
                     *           "reason": "示例",
                     *           "grid": {
                     *             "code": "340302001001001",
                     *             "name": "示例"
                     *           },
                     *           "net_version": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "distance_to_border_m": 1,
                     *           "in_border_band": false
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "kind": "basic",
                     *           "at": "2026-11-20T08:30:00+08:00",
                     *           "actor": "示例",
                     *           "details": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["IncidentDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    visit_kinds: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "group": "示例",
                     *           "name": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "is_active": false,
                     *           "is_example": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["VisitKinds"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_visit_kind: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "group": "service",
                 *       "name_zh": "示例",
                 *       "name_en": "Example",
                 *       "is_active": true
                 *     }
                 */
                "application/json": components["schemas"]["VisitKindIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "exposed_rubbish",
                     *       "group": "示例",
                     *       "name": {
                     *         "zh-CN": "示例",
                     *         "en": "Example"
                     *       },
                     *       "is_active": false,
                     *       "is_example": false
                     *     }
                     */
                    "application/json": components["schemas"]["VisitKindOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_grids: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "role": "main",
                     *           "patrol": "示例",
                     *           "last_visit": "2026-11-20T08:30:00+08:00",
                     *           "households": 1,
                     *           "community": {
                     *             "code": "340302001001001",
                     *             "name": "示例"
                     *           },
                     *           "bbox": [
                     *             117.38,
                     *             32.91,
                     *             117.4,
                     *             32.93
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MyGrids"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_visits: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "occurred_at": "2026-11-20T08:30:00+08:00",
                     *           "grid_code": "340302001001001",
                     *           "kind": "basic",
                     *           "result": "示例",
                     *           "door": "示例",
                     *           "note": "示例",
                     *           "flags": [],
                     *           "void_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["MyVisits"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    visits: {
        parameters: {
            query?: {
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Only so many days up to the moment. */
                days?: number | null;
                /** @description Only those that are odd and not judged yet. */
                flagged?: boolean;
                /** @description The one that opened this incident. */
                incident?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker": "示例",
                     *           "kind": "basic",
                     *           "result": "示例",
                     *           "grid_code": "340302001001001",
                     *           "door_code": "340302001001001-0012",
                     *           "door": "示例",
                     *           "note": "示例",
                     *           "flags": [],
                     *           "occurred_at": "2026-11-20T08:30:00+08:00",
                     *           "declared_at": "2026-11-20T08:30:00+08:00",
                     *           "received_at": "2026-11-20T08:30:00+08:00",
                     *           "void_at": "2026-11-20T08:30:00+08:00",
                     *           "corrects": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "corrected_by": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "incident": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "photos": [
                     *             "示例"
                     *           ],
                     *           "review": {
                     *             "verdict": "示例",
                     *             "note": "示例",
                     *             "by": "示例",
                     *             "at": "2026-11-20T08:30:00+08:00"
                     *           },
                     *           "synthetic": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_VisitOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    log_visit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client_id": "5a9c9d0a-6a35-4a2f-8a53-9a1c3d6b7e22",
                 *       "grid_code": "340302001001001",
                 *       "kind": "care_visit",
                 *       "occurred_at": "2026-11-20T09:05:00+08:00",
                 *       "result": "done"
                 *     }
                 */
                "application/json": components["schemas"]["VisitIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "net_version": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "received_at": "2026-11-20T08:30:00+08:00",
                     *       "flags": [],
                     *       "incident": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "register_correction": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *     }
                     */
                    "application/json": components["schemas"]["VisitReceiptOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    log_visits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visits": [
                 *         {
                 *           "client_id": "5a9c9d0a-6a35-4a2f-8a53-9a1c3d6b7e22",
                 *           "grid_code": "340302001001001",
                 *           "kind": "care_visit",
                 *           "occurred_at": "2026-11-20T09:05:00+08:00",
                 *           "result": "done"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["BatchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "status": "stored",
                     *           "receipt": {
                     *             "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "grid": {
                     *               "code": "340302001001001",
                     *               "name": "示例"
                     *             },
                     *             "net_version": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "occurred_at": "2026-11-20T08:30:00+08:00",
                     *             "received_at": "2026-11-20T08:30:00+08:00",
                     *             "flags": [],
                     *             "incident": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "register_correction": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *           },
                     *           "code": "340302001001001",
                     *           "detail": "示例",
                     *           "faults": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BatchOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    visit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker": "示例",
                     *       "kind": "basic",
                     *       "result": "示例",
                     *       "grid_code": "340302001001001",
                     *       "door_code": "340302001001001-0012",
                     *       "door": "示例",
                     *       "note": "示例",
                     *       "flags": [],
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "declared_at": "2026-11-20T08:30:00+08:00",
                     *       "received_at": "2026-11-20T08:30:00+08:00",
                     *       "void_at": "2026-11-20T08:30:00+08:00",
                     *       "corrects": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "corrected_by": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "incident": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "photos": [
                     *         "示例"
                     *       ],
                     *       "review": {
                     *         "verdict": "示例",
                     *         "note": "示例",
                     *         "by": "示例",
                     *         "at": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "synthetic": true
                     *     }
                     */
                    "application/json": components["schemas"]["VisitOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    review: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                visit_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "verdict": "counts",
                 *       "note": "示例"
                 *     }
                 */
                "application/json": components["schemas"]["ReviewIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker": "示例",
                     *       "kind": "basic",
                     *       "result": "示例",
                     *       "grid_code": "340302001001001",
                     *       "door_code": "340302001001001-0012",
                     *       "door": "示例",
                     *       "note": "示例",
                     *       "flags": [],
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "declared_at": "2026-11-20T08:30:00+08:00",
                     *       "received_at": "2026-11-20T08:30:00+08:00",
                     *       "void_at": "2026-11-20T08:30:00+08:00",
                     *       "corrects": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "corrected_by": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "incident": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "photos": [
                     *         "示例"
                     *       ],
                     *       "review": {
                     *         "verdict": "示例",
                     *         "note": "示例",
                     *         "by": "示例",
                     *         "at": "2026-11-20T08:30:00+08:00"
                     *       },
                     *       "synthetic": true
                     *     }
                     */
                    "application/json": components["schemas"]["VisitOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    corrections: {
        parameters: {
            query?: {
                state?: ("pending" | "confirmed" | "refused") | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "kind": "basic",
                     *           "grid_code": "340302001001001",
                     *           "door_code": "340302001001001-0012",
                     *           "door": "示例",
                     *           "address": "示例路1号",
                     *           "x": 117.3889,
                     *           "y": 32.9169,
                     *           "state": "routed",
                     *           "occurred_at": "2026-11-20T08:30:00+08:00",
                     *           "reported_at": "2026-11-20T08:30:00+08:00",
                     *           "decided_at": "2026-11-20T08:30:00+08:00",
                     *           "decided_by": "示例",
                     *           "reason": "示例",
                     *           "new_door_code": "340302001001"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_CorrectionOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    decide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                correction_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_right": true
                 *     }
                 */
                "application/json": components["schemas"]["DecisionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "door_code": "340302001001001-0012",
                     *       "door": "示例",
                     *       "address": "示例路1号",
                     *       "x": 117.3889,
                     *       "y": 32.9169,
                     *       "state": "routed",
                     *       "occurred_at": "2026-11-20T08:30:00+08:00",
                     *       "reported_at": "2026-11-20T08:30:00+08:00",
                     *       "decided_at": "2026-11-20T08:30:00+08:00",
                     *       "decided_by": "示例",
                     *       "reason": "示例",
                     *       "new_door_code": "340302001001"
                     *     }
                     */
                    "application/json": components["schemas"]["CorrectionOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_photo: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example (file) */
                "image/jpeg": string;
                /** @example (file) */
                "image/png": string;
                /** @example (file) */
                "image/webp": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hash": "示例",
                     *       "size_bytes": 81234,
                     *       "width_px": 1536,
                     *       "height_px": 2048
                     *     }
                     */
                    "application/json": components["schemas"]["PhotoOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    photo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                visit_id: string;
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture, as an attachment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example (file) */
                    "image/jpeg": string;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_duties: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "at": "2026-11-20T08:30:00+08:00",
                     *       "calendar": "city",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "class_key": "示例",
                     *           "last_visit": "2026-11-20T08:30:00+08:00",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "status": "on_time"
                     *         }
                     *       ],
                     *       "care": [
                     *         {
                     *           "code": "340302001001001",
                     *           "class_key": "示例",
                     *           "last_visit": "2026-11-20T08:30:00+08:00",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "status": "on_time",
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "grid_code": "340302001001001",
                     *           "door_code": "340302001001001-0012",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "address": "示例路1号",
                     *           "x": 117.3889,
                     *           "y": 32.9169,
                     *           "after_change": false,
                     *           "paired": false
                     *         }
                     *       ],
                     *       "doors": {
                     *         "since": "2026-11-20T08:30:00+08:00",
                     *         "reached": 1,
                     *         "of": 1
                     *       },
                     *       "routes": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "kind": "basic",
                     *           "grid_code": "340302001001001",
                     *           "stops": 1
                     *         }
                     *       ],
                     *       "open_rounds": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TodaysListOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    visit_norms: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "target": "示例",
                     *           "class_key": "示例",
                     *           "every": 1,
                     *           "unit": "示例",
                     *           "grace_days": 1,
                     *           "on_working_days": false,
                     *           "after_change_h": 1,
                     *           "level": "示例",
                     *           "kinds": [
                     *             "basic"
                     *           ],
                     *           "is_example": false,
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Norms"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_norm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example care */
                target: "care" | "grid" | "door";
                class_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "every": 1,
                 *       "since": "2100-01-01T00:00:00+08:00",
                 *       "unit": "month"
                 *     }
                 */
                "application/json": components["schemas"]["NormIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "target": "示例",
                     *           "class_key": "示例",
                     *           "every": 1,
                     *           "unit": "示例",
                     *           "grace_days": 1,
                     *           "on_working_days": false,
                     *           "after_change_h": 1,
                     *           "level": "示例",
                     *           "kinds": [
                     *             "basic"
                     *           ],
                     *           "is_example": false,
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Norms"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    calendar: {
        parameters: {
            query: {
                start: string;
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "day": "2026-11-20",
                     *           "is_working": false,
                     *           "source": "city",
                     *           "name": "示例"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Days"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_working": false,
                 *       "name": "洪水停工"
                 *     }
                 */
                "application/json": components["schemas"]["CityDayIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "day": "2026-11-20",
                     *       "is_working": false,
                     *       "source": "city",
                     *       "name": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["DayOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    forget_day: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                day: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    pause: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grid_id": "00000000-0000-7000-8000-000000000000",
                 *       "reason": "住院",
                 *       "since": "2026-11-20T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["PauseIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    end_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                pause_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    note_change: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                 *       "happened_at": "2026-12-01T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["gridsvc__api__duties__ChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *     }
                     */
                    "application/json": components["schemas"]["MadeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    routes: {
        parameters: {
            query?: {
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                all_of_them?: boolean;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "kind": "basic",
                     *           "grid_code": "340302001001001",
                     *           "stops": [
                     *             {}
                     *           ],
                     *           "revision": 1,
                     *           "is_active": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Routes"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    plan_route: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grid_code": "340302001001001",
                 *       "kind": "fire_patrol",
                 *       "name": "消防巡查一线",
                 *       "stops": [
                 *         {
                 *           "kind": "point",
                 *           "name": "东门",
                 *           "x": 117.385,
                 *           "y": 32.935
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RouteIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "stops": [
                     *         {}
                     *       ],
                     *       "revision": 1,
                     *       "is_active": false
                     *     }
                     */
                    "application/json": components["schemas"]["RouteOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    route: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                route_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "stops": [
                     *         {}
                     *       ],
                     *       "revision": 1,
                     *       "is_active": false
                     *     }
                     */
                    "application/json": components["schemas"]["RouteOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_route: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                route_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grid_code": "340302001001001",
                 *       "kind": "fire_patrol",
                 *       "name": "消防巡查一线",
                 *       "stops": [
                 *         {
                 *           "kind": "point",
                 *           "name": "东门",
                 *           "x": 117.385,
                 *           "y": 32.935
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["RouteIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "stops": [
                     *         {}
                     *       ],
                     *       "revision": 1,
                     *       "is_active": false
                     *     }
                     */
                    "application/json": components["schemas"]["RouteOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    start_round: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                 *       "route_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                 *       "started_at": "2026-11-20T08:30:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["RoundIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "worker": "示例",
                     *       "started_at": "2026-11-20T08:30:00+08:00",
                     *       "finished_at": "2026-11-20T08:30:00+08:00",
                     *       "stops": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "place": 1,
                     *           "kind": "basic",
                     *           "name": "示例",
                     *           "door_code": "340302001001001-0012",
                     *           "x": 117.3889,
                     *           "y": 32.9169,
                     *           "radius_m": 1,
                     *           "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "reached_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "reached": 1,
                     *       "missed": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    finish_round: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                patrol_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "finished_at": "2026-11-20T08:30:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["FinishIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "worker": "示例",
                     *       "started_at": "2026-11-20T08:30:00+08:00",
                     *       "finished_at": "2026-11-20T08:30:00+08:00",
                     *       "stops": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "place": 1,
                     *           "kind": "basic",
                     *           "name": "示例",
                     *           "door_code": "340302001001001-0012",
                     *           "x": 117.3889,
                     *           "y": 32.9169,
                     *           "radius_m": 1,
                     *           "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "reached_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "reached": 1,
                     *       "missed": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    round_: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                patrol_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "client_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "name": "示例",
                     *       "kind": "basic",
                     *       "grid_code": "340302001001001",
                     *       "worker": "示例",
                     *       "started_at": "2026-11-20T08:30:00+08:00",
                     *       "finished_at": "2026-11-20T08:30:00+08:00",
                     *       "stops": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "place": 1,
                     *           "kind": "basic",
                     *           "name": "示例",
                     *           "door_code": "340302001001001-0012",
                     *           "x": 117.3889,
                     *           "y": 32.9169,
                     *           "radius_m": 1,
                     *           "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "reached_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "reached": 1,
                     *       "missed": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RoundOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    figures: {
        parameters: {
            query?: {
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description How many days up to the moment. */
                days?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "start": "2026-11-20T08:30:00+08:00",
                     *       "end": "2026-11-20T08:30:00+08:00",
                     *       "known_at": "2026-11-20T08:30:00+08:00",
                     *       "register_date": "2026-11-20",
                     *       "doors": {
                     *         "done": 1,
                     *         "of": 1,
                     *         "share": 1
                     *       },
                     *       "care": {
                     *         "done": 1,
                     *         "of": 1,
                     *         "share": 1
                     *       },
                     *       "duties": {
                     *         "done": 1,
                     *         "of": 1,
                     *         "share": 1
                     *       },
                     *       "patrol_points": {
                     *         "done": 1,
                     *         "of": 1,
                     *         "share": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CoverageFigures"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    by_grid: {
        parameters: {
            query?: {
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description How many days up to the moment. */
                days?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "done": 1,
                     *           "of": 1,
                     *           "share": 1,
                     *           "grid_code": "340302001001001"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["GridFigures"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    doors_behind: {
        parameters: {
            query?: {
                /** @description Only those reached, or only those not reached. */
                reached?: boolean | null;
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description How many days up to the moment. */
                days?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "address": "示例路1号",
                     *           "grid_code": "340302001001001",
                     *           "reached": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_DoorLine_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    duty_lines: {
        parameters: {
            query?: {
                /** @description Only those reached, or only those not reached. */
                reached?: boolean | null;
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description How many days up to the moment. */
                days?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "target": "care",
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "class_key": "示例",
                     *           "community_code": "340302001001",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "in_time": false
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_DutyLine_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    patrol_stops: {
        parameters: {
            query?: {
                /** @description Only those reached, or only those not reached. */
                reached?: boolean | null;
                /** @description Of a district, street or community: 12 digits. */
                area?: string | null;
                /** @description Of the grid, at the moment asked about. */
                grid?: string | null;
                /** @description How many days up to the moment. */
                days?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "patrol_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "patrol": "示例",
                     *           "grid_code": "340302001001001",
                     *           "started_at": "2026-11-20T08:30:00+08:00",
                     *           "place": 1,
                     *           "kind": "basic",
                     *           "name": "示例",
                     *           "visit_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "reached_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_StopLine_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    sync: {
        parameters: {
            query?: {
                /** @description `cursor` of the answer before; all when left out. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "cursor": "示例",
                     *       "duties": {
                     *         "at": "2026-11-20T08:30:00+08:00",
                     *         "calendar": "city",
                     *         "grids": [
                     *           {
                     *             "code": "340302001001001",
                     *             "class_key": "示例",
                     *             "last_visit": "2026-11-20T08:30:00+08:00",
                     *             "due_at": "2026-11-20T08:30:00+08:00",
                     *             "status": "on_time"
                     *           }
                     *         ],
                     *         "care": [
                     *           {
                     *             "code": "340302001001001",
                     *             "class_key": "示例",
                     *             "last_visit": "2026-11-20T08:30:00+08:00",
                     *             "due_at": "2026-11-20T08:30:00+08:00",
                     *             "status": "on_time",
                     *             "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "grid_code": "340302001001001",
                     *             "door_code": "340302001001001-0012",
                     *             "name": "示例",
                     *             "phone": "13800000000",
                     *             "address": "示例路1号",
                     *             "x": 117.3889,
                     *             "y": 32.9169,
                     *             "after_change": false,
                     *             "paired": false
                     *           }
                     *         ],
                     *         "doors": {
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "reached": 1,
                     *           "of": 1
                     *         },
                     *         "routes": [
                     *           {
                     *             "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "name": "示例",
                     *             "kind": "basic",
                     *             "grid_code": "340302001001001",
                     *             "stops": 1
                     *           }
                     *         ],
                     *         "open_rounds": [
                     *           "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *         ]
                     *       },
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "community_code": "340302001001",
                     *           "doors": [
                     *             {
                     *               "code": "340302001001001",
                     *               "address": "示例路1号",
                     *               "x": 117.3889,
                     *               "y": 32.9169
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "gone": [
                     *         "示例"
                     *       ],
                     *       "kinds": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "group": "示例",
                     *           "name": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           }
                     *         }
                     *       ],
                     *       "more": false
                     *     }
                     */
                    "application/json": components["schemas"]["SyncOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_workers: {
        parameters: {
            query?: {
                /** @description An area's code; what lies in it, too. */
                area?: string | null;
                /** @description Part of a name or a number. */
                q?: string;
                state?: "serving" | "left" | "all";
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "community_code": "340302001001",
                     *           "state": "serving",
                     *           "left_at": "2026-11-20T08:30:00+08:00",
                     *           "has_account": false,
                     *           "grids": 1,
                     *           "households": 1,
                     *           "post": "示例",
                     *           "revision": 1,
                     *           "synthetic": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_WorkerOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_worker: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "community_code": "340302001001",
                 *       "name": "示例新员",
                 *       "number": "W90001",
                 *       "phone": "000-0000-9001"
                 *     }
                 */
                "application/json": components["schemas"]["WorkerIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "community_code": "340302001001",
                     *       "state": "serving",
                     *       "left_at": "2026-11-20T08:30:00+08:00",
                     *       "has_account": false,
                     *       "grids": 1,
                     *       "households": 1,
                     *       "post": "示例",
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "functions": [
                     *         {
                     *           "rank": "示例",
                     *           "kind": "basic",
                     *           "line_key": "示例",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "held": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "role": "main"
                     *         }
                     *       ],
                     *       "leaves": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "state": "routed",
                     *           "reason": "示例"
                     *         }
                     *       ],
                     *       "notes": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkerDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_worker: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                worker_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "community_code": "340302001001",
                     *       "state": "serving",
                     *       "left_at": "2026-11-20T08:30:00+08:00",
                     *       "has_account": false,
                     *       "grids": 1,
                     *       "households": 1,
                     *       "post": "示例",
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "functions": [
                     *         {
                     *           "rank": "示例",
                     *           "kind": "basic",
                     *           "line_key": "示例",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "held": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "role": "main"
                     *         }
                     *       ],
                     *       "leaves": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "state": "routed",
                     *           "reason": "示例"
                     *         }
                     *       ],
                     *       "notes": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkerDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_worker: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                worker_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone": "000-0000-9002"
                 *     }
                 */
                "application/json": components["schemas"]["WorkerChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "community_code": "340302001001",
                     *       "state": "serving",
                     *       "left_at": "2026-11-20T08:30:00+08:00",
                     *       "has_account": false,
                     *       "grids": 1,
                     *       "households": 1,
                     *       "post": "示例",
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "functions": [
                     *         {
                     *           "rank": "示例",
                     *           "kind": "basic",
                     *           "line_key": "示例",
                     *           "name_zh": "示例",
                     *           "name_en": "Example",
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "held": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "role": "main"
                     *         }
                     *       ],
                     *       "leaves": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "state": "routed",
                     *           "reason": "示例"
                     *         }
                     *       ],
                     *       "notes": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkerDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    leave_service: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                worker_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "at": "2026-12-31T18:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["LeavingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "vacant": [
                     *         "示例"
                     *       ],
                     *       "without_backup": [
                     *         "示例"
                     *       ],
                     *       "uncovered_leaves": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ],
                     *       "post": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["LeavingOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_functions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                worker_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "main": {
                 *         "kind": "grid"
                 *       },
                 *       "others": [
                 *         {
                 *           "kind": "line",
                 *           "line_key": "mediation"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DutiesIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "rank": "示例",
                     *         "kind": "basic",
                     *         "line_key": "示例",
                     *         "name_zh": "示例",
                     *         "name_en": "Example",
                     *         "since": "2026-11-20T08:30:00+08:00"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["gridsvc__api__staffing__DutyOut"][];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    give_grid: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grid_code": "340302001001001",
                 *       "role": "main",
                 *       "since": "2026-12-01T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["gridsvc__api__responsibilities__ChangeIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "grid_code": "340302001001001",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "before": [
                     *         {
                     *           "role": "main",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "known_from": "2026-11-20T08:30:00+08:00",
                     *           "known_until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "now": [
                     *         {
                     *           "role": "main",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "known_from": "2026-11-20T08:30:00+08:00",
                     *           "known_until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "notes": [
                     *         "示例"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    grid_responsibilities: {
        parameters: {
            query?: {
                /** @description Also what was once held to be so and no more. */
                every_version?: boolean;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
            };
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "grid_code": "340302001001001",
                     *       "as_of": "2026-11-20T08:30:00+08:00",
                     *       "known_at": "2026-11-20T08:30:00+08:00",
                     *       "answer": {
                     *         "main": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "on_leave": false,
                     *           "on_leave_until": "2026-11-20T08:30:00+08:00"
                     *         },
                     *         "vacancy": {
                     *           "since": "2026-11-20T08:30:00+08:00"
                     *         },
                     *         "backup": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000"
                     *         },
                     *         "answers": {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "role": "main"
                     *         },
                     *         "until": "2026-11-20T08:30:00+08:00",
                     *         "hidden": false
                     *       },
                     *       "items": [
                     *         {
                     *           "role": "main",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "known_from": "2026-11-20T08:30:00+08:00",
                     *           "known_until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["HoldersOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_leaves: {
        parameters: {
            query?: {
                /** @description An area's code; what lies in it, too. */
                area?: string | null;
                /** @description Left out: from today on. */
                month?: string | null;
                worker_id?: string | null;
                state?: ("requested" | "approved" | "refused" | "withdrawn" | "cancelled") | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "community_code": "340302001001",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "reason": "示例",
                     *           "state": "routed",
                     *           "note": "示例",
                     *           "by": "示例",
                     *           "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "cover_name": "示例",
                     *           "cover_source": "示例",
                     *           "known_from": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_LeaveOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    request_leave: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "年休假",
                 *       "since": "2026-12-01T00:00:00+08:00",
                 *       "until": "2026-12-04T00:00:00+08:00",
                 *       "worker_id": "00000000-0000-7000-8000-000000000000"
                 *     }
                 */
                "application/json": components["schemas"]["LeaveIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_leaves: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "community_code": "340302001001",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "reason": "示例",
                     *           "state": "routed",
                     *           "note": "示例",
                     *           "by": "示例",
                     *           "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "cover_name": "示例",
                     *           "cover_source": "示例",
                     *           "known_from": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_LeaveOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    withdraw_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    leave_calendar: {
        parameters: {
            query: {
                community: string;
                month: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "community_code": "340302001001",
                     *       "month": "示例",
                     *       "days": [
                     *         {
                     *           "day": "2026-11-20",
                     *           "away": 1,
                     *           "requested": 1
                     *         }
                     *       ],
                     *       "leaves": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "community_code": "340302001001",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "reason": "示例",
                     *           "state": "routed",
                     *           "note": "示例",
                     *           "by": "示例",
                     *           "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "cover_name": "示例",
                     *           "cover_source": "示例",
                     *           "known_from": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CalendarOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_leave: {
        parameters: {
            query?: {
                /** @description As it was known at this moment, with its zone; as known now when left out. */
                known_at?: string | null;
            };
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    approve_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ApprovalIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    refuse_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "当月集中检查，请改期"
                 *     }
                 */
                "application/json": components["schemas"]["RefusalIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    cancel_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["NoteIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    cover_leave: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cover_worker_id": null
                 *     }
                 */
                "application/json": components["schemas"]["CoverIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "name": "示例",
                     *       "community_code": "340302001001",
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "state": "routed",
                     *       "note": "示例",
                     *       "by": "示例",
                     *       "cover_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "cover_name": "示例",
                     *       "cover_source": "示例",
                     *       "known_from": "2026-11-20T08:30:00+08:00",
                     *       "covers": [
                     *         {
                     *           "grid_code": "340302001001001",
                     *           "grid_name": "示例",
                     *           "how": "示例",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "covers_others": [
                     *         "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_posts: {
        parameters: {
            query?: {
                /** @description An area's code; what lies in it, too. */
                area?: string | null;
                station?: string | null;
                vacant?: boolean | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "number": "示例",
                     *           "kind": "basic",
                     *           "community_code": "340302001001",
                     *           "station_code": "340302001001",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_number": "示例",
                     *           "worker_name": "示例"
                     *         }
                     *       ],
                     *       "next_cursor": null,
                     *       "total": {
                     *         "key": "exposed_rubbish",
                     *         "quota": 1,
                     *         "filled": 1,
                     *         "vacant": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PostPage"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_post: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "community_code": "340302001001",
                 *       "kind": "counter",
                 *       "number": "P90001"
                 *     }
                 */
                "application/json": components["schemas"]["PostIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["PostMade"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    post_quota: {
        parameters: {
            query?: {
                by?: "community" | "station" | "kind";
                /** @description An area's code; what lies in it, too. */
                area?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "key": "exposed_rubbish",
                     *         "quota": 1,
                     *         "filled": 1,
                     *         "vacant": 1
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["QuotaOut"][];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    fill_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 示例 */
                number: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "worker_number": null
                 *     }
                 */
                "application/json": components["schemas"]["FillingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "number": "示例",
                     *       "state": "filled",
                     *       "since": "2026-11-20T08:30:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["FillingOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_stations: {
        parameters: {
            query?: {
                /** @description An area's code; what lies in it, too. */
                area?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例",
                     *           "area_code": "340302001001",
                     *           "address": "示例路1号",
                     *           "point": {
                     *             "x": 117.3889,
                     *             "y": 32.9169
                     *           },
                     *           "state": "planned",
                     *           "opened_at": "2026-11-20T08:30:00+08:00",
                     *           "closed_at": "2026-11-20T08:30:00+08:00",
                     *           "synthetic": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_StationOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_station: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "area_code": "340302001000",
                 *       "code": "S90001",
                 *       "name": "示例社工站"
                 *     }
                 */
                "application/json": components["schemas"]["StationIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "code": "340302001001001"
                     *     }
                     */
                    "application/json": components["schemas"]["StationMade"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_station: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "opened_at": "2026-01-01T00:00:00+08:00"
                 *     }
                 */
                "application/json": components["schemas"]["StationChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "340302001001001",
                     *       "name": "示例",
                     *       "area_code": "340302001001",
                     *       "address": "示例路1号",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "state": "planned",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "closed_at": "2026-11-20T08:30:00+08:00",
                     *       "synthetic": true
                     *     }
                     */
                    "application/json": components["schemas"]["StationOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    station_supervision: {
        parameters: {
            query: {
                month: string;
            };
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "station_code": "340302001001",
                     *       "month": "示例",
                     *       "hours": 1,
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "supervisor": "示例",
                     *           "began_at": "2026-11-20T08:30:00+08:00",
                     *           "ended_at": "2026-11-20T08:30:00+08:00",
                     *           "hours": 1,
                     *           "note": "示例",
                     *           "recorded_by": "示例",
                     *           "voided_at": "2026-11-20T08:30:00+08:00",
                     *           "void_reason": "示例"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SupervisionMonth"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_supervision: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "began_at": "2026-11-02T09:00:00+08:00",
                 *       "ended_at": "2026-11-02T12:00:00+08:00",
                 *       "supervisor": "示例督导"
                 *     }
                 */
                "application/json": components["schemas"]["SupervisionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "hours": 1
                     *     }
                     */
                    "application/json": components["schemas"]["SupervisionMade"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    void_supervision: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                supervision_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "登记有误"
                 *     }
                 */
                "application/json": components["schemas"]["VoidIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_team: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "grid_code": "340302001001001",
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "role": "main",
                     *           "role_zh": "示例",
                     *           "role_en": "示例",
                     *           "worker_number": "示例",
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "masked": false,
                     *           "synthetic": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TeamOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    join_team: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "示例志愿者",
                 *       "role": "volunteer"
                 *     }
                 */
                "application/json": components["schemas"]["MemberIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                     *     }
                     */
                    "application/json": components["schemas"]["MemberMade"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    leave_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                member_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_norms: {
        parameters: {
            query?: {
                /** @description Also what held before or will hold later. */
                every_version?: boolean;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "key": "exposed_rubbish",
                     *         "version": 1,
                     *         "name_zh": "示例",
                     *         "name_en": "Example",
                     *         "basis": "示例",
                     *         "rules": [
                     *           {}
                     *         ],
                     *         "since": "2026-11-20T08:30:00+08:00",
                     *         "until": "2026-11-20T08:30:00+08:00"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ProfileOut"][];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    add_norms: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "basis": "示例",
                 *       "key": "example",
                 *       "name_en": "Example",
                 *       "name_zh": "示例标准",
                 *       "rules": [
                 *         {
                 *           "kind": "posts_per_grid",
                 *           "levels": [
                 *             5
                 *           ],
                 *           "min": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ProfileIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "exposed_rubbish",
                     *       "version": 1,
                     *       "name_zh": "示例",
                     *       "name_en": "Example",
                     *       "basis": "示例",
                     *       "rules": [
                     *         {}
                     *       ],
                     *       "since": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["ProfileOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    norm_breaches: {
        parameters: {
            query?: {
                area?: string | null;
                profile?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "as_of": "2026-11-20T08:30:00+08:00",
                     *       "area": "示例",
                     *       "rules": [
                     *         {
                     *           "profile": "示例",
                     *           "version": 1,
                     *           "rule": {},
                     *           "looked_at": 1,
                     *           "breaches": 1,
                     *           "not_measurable": 1,
                     *           "share": 1
                     *         }
                     *       ],
                     *       "breaches": [
                     *         {
                     *           "profile": "示例",
                     *           "version": 1,
                     *           "kind": "basic",
                     *           "area_code": "340302001001",
                     *           "station_code": "340302001001",
                     *           "worker_number": "示例",
                     *           "grid_codes": [
                     *             "340302001001001"
                     *           ],
                     *           "measured": 1,
                     *           "least": 1,
                     *           "most": 1,
                     *           "sentence_zh": "示例",
                     *           "sentence_en": "示例"
                     *         }
                     *       ],
                     *       "total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["BreachesOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    import_people: {
        parameters: {
            query: {
                /** @example workers */
                kind: "workers" | "responsibilities" | "posts" | "leaves" | "team";
                /** @description Only say what would happen. */
                dry_run?: boolean;
            };
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "file": "(file)"
                 *     }
                 */
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description An Excel table (.xlsx) or CSV in UTF-8 or GB18030; names in the first row.
                     */
                    file: string;
                };
            };
        };
        responses: {
            /** @description Tried out; nothing was stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "workers",
                     *       "dry_run": false,
                     *       "read": 1,
                     *       "added": 1,
                     *       "changed": 1,
                     *       "same": 1,
                     *       "rows": [
                     *         {
                     *           "row": 1,
                     *           "action": "add",
                     *           "what": "示例",
                     *           "before": {},
                     *           "after": {}
                     *         }
                     *       ],
                     *       "faults": [
                     *         {
                     *           "place": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例"
                     *         }
                     *       ],
                     *       "faults_total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["PeopleImport"];
                };
            };
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "kind": "workers",
                     *       "dry_run": false,
                     *       "read": 1,
                     *       "added": 1,
                     *       "changed": 1,
                     *       "same": 1,
                     *       "rows": [
                     *         {
                     *           "row": 1,
                     *           "action": "add",
                     *           "what": "示例",
                     *           "before": {},
                     *           "after": {}
                     *         }
                     *       ],
                     *       "faults": [
                     *         {
                     *           "place": "示例",
                     *           "code": "340302001001001",
                     *           "message": "示例"
                     *         }
                     *       ],
                     *       "faults_total": 1
                     *     }
                     */
                    "application/json": components["schemas"]["PeopleImport"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    export_people: {
        parameters: {
            query: {
                /** @example workers */
                kind: "workers" | "responsibilities" | "posts" | "leaves" | "team";
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An Excel table that the import reads again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_care_classes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "sensitive": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CareClasses"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_care_subjects: {
        parameters: {
            query?: {
                class?: string | null;
                /** @description The code of a community. */
                community?: string | null;
                /** @description The code of a grid at the moment. */
                grid?: string | null;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "class_code": "340302001001",
                     *           "sensitive": false,
                     *           "name": "示例",
                     *           "phone": "13800000000",
                     *           "id_number": "示例",
                     *           "address": "示例路1号",
                     *           "door_code": "340302001001001-0012",
                     *           "point": {
                     *             "x": 117.3889,
                     *             "y": 32.9169
                     *           },
                     *           "community_code": "340302001001",
                     *           "grid": {
                     *             "code": "340302001001001",
                     *             "name": "示例"
                     *           },
                     *           "registered_from": "2026-11-20T08:30:00+08:00",
                     *           "registered_until": "2026-11-20T08:30:00+08:00",
                     *           "is_paired": false,
                     *           "in_clear": false,
                     *           "revision": 1,
                     *           "synthetic": true
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_CareSubjectOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    create_care_subject: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "class_code": "elderly_alone",
                 *       "community_code": "340302001001",
                 *       "door_code": "340302001001-B01D0001",
                 *       "name": "张示例",
                 *       "number": "C00001",
                 *       "phone": "00000000001",
                 *       "synthetic": true
                 *     }
                 */
                "application/json": components["schemas"]["CareSubjectIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "class_code": "340302001001",
                     *       "sensitive": false,
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "id_number": "示例",
                     *       "address": "示例路1号",
                     *       "door_code": "340302001001001-0012",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "community_code": "340302001001",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "registered_from": "2026-11-20T08:30:00+08:00",
                     *       "registered_until": "2026-11-20T08:30:00+08:00",
                     *       "is_paired": false,
                     *       "in_clear": false,
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "pairings": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_number": "示例",
                     *           "worker_name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CareSubjectDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_care_subject: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "class_code": "340302001001",
                     *       "sensitive": false,
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "id_number": "示例",
                     *       "address": "示例路1号",
                     *       "door_code": "340302001001001-0012",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "community_code": "340302001001",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "registered_from": "2026-11-20T08:30:00+08:00",
                     *       "registered_until": "2026-11-20T08:30:00+08:00",
                     *       "is_paired": false,
                     *       "in_clear": false,
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "pairings": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_number": "示例",
                     *           "worker_name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CareSubjectDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    change_care_subject: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "phone": "00000000002"
                 *     }
                 */
                "application/json": components["schemas"]["CareSubjectChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "class_code": "340302001001",
                     *       "sensitive": false,
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "id_number": "示例",
                     *       "address": "示例路1号",
                     *       "door_code": "340302001001001-0012",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "community_code": "340302001001",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "registered_from": "2026-11-20T08:30:00+08:00",
                     *       "registered_until": "2026-11-20T08:30:00+08:00",
                     *       "is_paired": false,
                     *       "in_clear": false,
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "pairings": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_number": "示例",
                     *           "worker_name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CareSubjectDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    unmask_care_subject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "电话联系家属（示例）"
                 *     }
                 */
                "application/json": components["schemas"]["UnmaskIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "class_code": "340302001001",
                     *       "sensitive": false,
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "id_number": "示例",
                     *       "address": "示例路1号",
                     *       "door_code": "340302001001001-0012",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "community_code": "340302001001",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "registered_from": "2026-11-20T08:30:00+08:00",
                     *       "registered_until": "2026-11-20T08:30:00+08:00",
                     *       "is_paired": false,
                     *       "in_clear": false,
                     *       "revision": 1,
                     *       "synthetic": true
                     *     }
                     */
                    "application/json": components["schemas"]["CareSubjectOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    create_care_pairing: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                subject_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "worker_number": "W00001"
                 *     }
                 */
                "application/json": components["schemas"]["PairingIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "number": "示例",
                     *       "class_code": "340302001001",
                     *       "sensitive": false,
                     *       "name": "示例",
                     *       "phone": "13800000000",
                     *       "id_number": "示例",
                     *       "address": "示例路1号",
                     *       "door_code": "340302001001001-0012",
                     *       "point": {
                     *         "x": 117.3889,
                     *         "y": 32.9169
                     *       },
                     *       "community_code": "340302001001",
                     *       "grid": {
                     *         "code": "340302001001001",
                     *         "name": "示例"
                     *       },
                     *       "registered_from": "2026-11-20T08:30:00+08:00",
                     *       "registered_until": "2026-11-20T08:30:00+08:00",
                     *       "is_paired": false,
                     *       "in_clear": false,
                     *       "revision": 1,
                     *       "synthetic": true,
                     *       "pairings": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "worker_number": "示例",
                     *           "worker_name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CareSubjectDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    end_care_pairing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                subject_id: string;
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                pairing_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_handovers: {
        parameters: {
            query?: {
                state?: ("open" | "given" | "taken" | "cancelled") | null;
                worker_id?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "kind": "transfer",
                     *           "state": "open",
                     *           "giver": {
                     *             "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "number": "示例",
                     *             "name": "示例",
                     *             "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *             "confirmed_by": "示例"
                     *           },
                     *           "taker": {
                     *             "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "number": "示例",
                     *             "name": "示例",
                     *             "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *             "confirmed_by": "示例"
                     *           },
                     *           "community_code": "340302001001",
                     *           "grids": [
                     *             {
                     *               "code": "340302001001001",
                     *               "name": "示例"
                     *             }
                     *           ],
                     *           "reason": "示例",
                     *           "effective_at": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "opened_by": "示例",
                     *           "opened_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_HandoverOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    hand_over: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "effective_at": "2026-12-01T00:00:00+08:00",
                 *       "from_worker_id": "00000000-0000-7000-8000-000000000000",
                 *       "grid_codes": [
                 *         "340302001001001"
                 *       ],
                 *       "reason": "岗位调整",
                 *       "to_worker_id": "00000000-0000-7000-8000-000000000001"
                 *     }
                 */
                "application/json": components["schemas"]["TransferIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_handovers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "kind": "transfer",
                     *         "state": "open",
                     *         "giver": {
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *           "confirmed_by": "示例"
                     *         },
                     *         "taker": {
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *           "confirmed_by": "示例"
                     *         },
                     *         "community_code": "340302001001",
                     *         "grids": [
                     *           {
                     *             "code": "340302001001001",
                     *             "name": "示例"
                     *           }
                     *         ],
                     *         "reason": "示例",
                     *         "effective_at": "2026-11-20T08:30:00+08:00",
                     *         "until": "2026-11-20T08:30:00+08:00",
                     *         "opened_by": "示例",
                     *         "opened_at": "2026-11-20T08:30:00+08:00"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["HandoverOut"][];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_handover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    handover_sheet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An Excel table to be read, printed and signed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    give: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    take: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_taker: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                handover_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20"
                 *     }
                 */
                "application/json": components["schemas"]["TakerIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "kind": "transfer",
                     *       "state": "open",
                     *       "giver": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "taker": {
                     *         "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": "示例",
                     *         "name": "示例",
                     *         "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *         "confirmed_by": "示例"
                     *       },
                     *       "community_code": "340302001001",
                     *       "grids": [
                     *         {
                     *           "code": "340302001001001",
                     *           "name": "示例"
                     *         }
                     *       ],
                     *       "reason": "示例",
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "until": "2026-11-20T08:30:00+08:00",
                     *       "opened_by": "示例",
                     *       "opened_at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "incident",
                     *           "ref_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "code": "340302001001001",
                     *           "what": "示例",
                     *           "grid_code": "340302001001001",
                     *           "status": "ok",
                     *           "due_at": "2026-11-20T08:30:00+08:00",
                     *           "passing": "by_itself"
                     *         }
                     *       ],
                     *       "may_give": false,
                     *       "may_take": false
                     *     }
                     */
                    "application/json": components["schemas"]["HandoverDetail"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    leave_handovers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                leave_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "kind": "transfer",
                     *           "state": "open",
                     *           "giver": {
                     *             "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "number": "示例",
                     *             "name": "示例",
                     *             "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *             "confirmed_by": "示例"
                     *           },
                     *           "taker": {
                     *             "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *             "number": "示例",
                     *             "name": "示例",
                     *             "confirmed_at": "2026-11-20T08:30:00+08:00",
                     *             "confirmed_by": "示例"
                     *           },
                     *           "community_code": "340302001001",
                     *           "grids": [
                     *             {
                     *               "code": "340302001001001",
                     *               "name": "示例"
                     *             }
                     *           ],
                     *           "reason": "示例",
                     *           "effective_at": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00",
                     *           "opened_by": "示例",
                     *           "opened_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LeaveHandovers"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    open_work: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                worker_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "at": "2026-11-20T08:30:00+08:00",
                     *       "items": [
                     *         {
                     *           "kind": "basic",
                     *           "code": "340302001001001",
                     *           "message": "示例",
                     *           "blocks": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OpenWorkOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    accept_incident: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "incident_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "holders": [
                     *         {
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CaseOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    incident_holders: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                incident_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "incident_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "holders": [
                     *         {
                     *           "worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "number": "示例",
                     *           "name": "示例",
                     *           "since": "2026-11-20T08:30:00+08:00",
                     *           "until": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CaseOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    my_cases: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The moment asked about, with its zone; now when left out. A later one shows what is planned. */
                as_of?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "incident_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *         "number": 7,
                     *         "category": "exposed_rubbish",
                     *         "grid_code": "340302001001001",
                     *         "received_at": "2026-11-20T08:30:00+08:00",
                     *         "accepted_at": "2026-11-20T08:30:00+08:00"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["MyCase"][];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_moves: {
        parameters: {
            query?: {
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "state": "previewed",
                     *           "from_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "from_name": "示例",
                     *           "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *           "to_name": "示例",
                     *           "grid_codes": [
                     *             "340302001001001"
                     *           ],
                     *           "effective_at": "2026-11-20T08:30:00+08:00",
                     *           "reason": "示例",
                     *           "asked_by": "示例",
                     *           "asked_at": "2026-11-20T08:30:00+08:00",
                     *           "done_at": "2026-11-20T08:30:00+08:00",
                     *           "undone_at": "2026-11-20T08:30:00+08:00",
                     *           "failure": "示例"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_MoveOut_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    preview_move: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "effective_at": "2026-12-01T00:00:00+08:00",
                 *       "from_worker_id": "00000000-0000-7000-8000-000000000000",
                 *       "reason": "岗位调整",
                 *       "to_worker_id": "00000000-0000-7000-8000-000000000001"
                 *     }
                 */
                "application/json": components["schemas"]["MoveIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "state": "previewed",
                     *       "from_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "from_name": "示例",
                     *       "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "to_name": "示例",
                     *       "grid_codes": [
                     *         "340302001001001"
                     *       ],
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "asked_by": "示例",
                     *       "asked_at": "2026-11-20T08:30:00+08:00",
                     *       "done_at": "2026-11-20T08:30:00+08:00",
                     *       "undone_at": "2026-11-20T08:30:00+08:00",
                     *       "failure": "示例",
                     *       "giver": {
                     *         "before": {
                     *           "grids": 1,
                     *           "households": 1
                     *         },
                     *         "after": {
                     *           "grids": 1,
                     *           "households": 1
                     *         }
                     *       },
                     *       "taker": {
                     *         "before": {
                     *           "grids": 1,
                     *           "households": 1
                     *         },
                     *         "after": {
                     *           "grids": 1,
                     *           "households": 1
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MovePreview"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                move_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "state": "previewed",
                     *       "from_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "from_name": "示例",
                     *       "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "to_name": "示例",
                     *       "grid_codes": [
                     *         "340302001001001"
                     *       ],
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "asked_by": "示例",
                     *       "asked_at": "2026-11-20T08:30:00+08:00",
                     *       "done_at": "2026-11-20T08:30:00+08:00",
                     *       "undone_at": "2026-11-20T08:30:00+08:00",
                     *       "failure": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["MoveOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    run_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                move_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "state": "previewed",
                     *       "from_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "from_name": "示例",
                     *       "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "to_name": "示例",
                     *       "grid_codes": [
                     *         "340302001001001"
                     *       ],
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "asked_by": "示例",
                     *       "asked_at": "2026-11-20T08:30:00+08:00",
                     *       "done_at": "2026-11-20T08:30:00+08:00",
                     *       "undone_at": "2026-11-20T08:30:00+08:00",
                     *       "failure": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["MoveOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    undo_move: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                move_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "state": "previewed",
                     *       "from_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "from_name": "示例",
                     *       "to_worker_id": "0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20",
                     *       "to_name": "示例",
                     *       "grid_codes": [
                     *         "340302001001001"
                     *       ],
                     *       "effective_at": "2026-11-20T08:30:00+08:00",
                     *       "reason": "示例",
                     *       "asked_by": "示例",
                     *       "asked_at": "2026-11-20T08:30:00+08:00",
                     *       "done_at": "2026-11-20T08:30:00+08:00",
                     *       "undone_at": "2026-11-20T08:30:00+08:00",
                     *       "failure": "示例"
                     *     }
                     */
                    "application/json": components["schemas"]["MoveOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_policy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "rules": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "kind": "never",
                     *           "is_on": false,
                     *           "name": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "about": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "reason": "示例",
                     *           "set_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "kept": [
                     *         {
                     *           "kind": "basic",
                     *           "days": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PolicyOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    set_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "is_on": false,
                 *       "reason": "按市级规定"
                 *     }
                 */
                "application/json": components["schemas"]["SwitchIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "rules": [
                     *         {
                     *           "key": "exposed_rubbish",
                     *           "kind": "never",
                     *           "is_on": false,
                     *           "name": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "about": {
                     *             "zh-CN": "示例",
                     *             "en": "Example"
                     *           },
                     *           "reason": "示例",
                     *           "set_at": "2026-11-20T08:30:00+08:00"
                     *         }
                     *       ],
                     *       "kept": [
                     *         {
                     *           "kind": "basic",
                     *           "days": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PolicyOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_plans: {
        parameters: {
            query?: {
                status?: ("draft" | "in_review" | "approved" | "published" | "withdrawn") | null;
                /** @description Plans for this community. */
                community?: string | null;
                /** @description How many at most. */
                limit?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "author": "演示规划员",
                     *           "communities": [
                     *             "340302001001"
                     *           ],
                     *           "created_at": "2026-11-21T08:00:00Z",
                     *           "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "number": 12,
                     *           "position": 3,
                     *           "reason": "两个网格户数相差一倍",
                     *           "revision": 4,
                     *           "status": "draft",
                     *           "title": "东风社区网格优化（示例）",
                     *           "updated_at": "2026-11-21T09:30:00Z",
                     *           "effective_at": null,
                     *           "notice_from": null,
                     *           "notice_until": null,
                     *           "published_at": null,
                     *           "withdrawn_at": null,
                     *           "net_number": null,
                     *           "reverts_plan": null
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Page_PlanItem_"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    open_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "communities": [
                 *         "340302001001"
                 *       ],
                 *       "reason": "两个网格户数相差一倍",
                 *       "title": "示例方案"
                 *     }
                 */
                "application/json": components["schemas"]["NewPlan"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_plan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    edit_plan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "示例方案（二稿）"
                 *     }
                 */
                "application/json": components["schemas"]["PlanChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    submit: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    approve: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "comment": "同意"
                 *     }
                 */
                "application/json": components["schemas"]["Remark"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    send_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "comment": "请保留原有小区边界"
                 *     }
                 */
                "application/json": components["schemas"]["Objection"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    take_back: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    discard: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_drawing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
                /** @example 示例 */
                community: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "community": "340302001001",
                     *       "consequences": {
                     *         "grids": [
                     *           {
                     *             "area_m2": 84210.5,
                     *             "change": {
                     *               "households": 12,
                     *               "workload": 20
                     *             },
                     *             "counts": {
                     *               "blocks": 9,
                     *               "care_subjects": 6,
                     *               "households": 180,
                     *               "incidents": 40
                     *             },
                     *             "deviation_pct": 4.2,
                     *             "key": "340302001001001",
                     *             "kind": "basic",
                     *             "name": "第一网格",
                     *             "worker": "示例一",
                     *             "workload": 290
                     *           }
                     *         ],
                     *         "incidents_from": "2025-11-21T08:00:00Z",
                     *         "incidents_until": "2026-11-21T08:00:00Z",
                     *         "mean_workload": 278.3,
                     *         "workers": [
                     *           {
                     *             "grids": [
                     *               "340302001001001"
                     *             ],
                     *             "worker": "示例一",
                     *             "workload": 290,
                     *             "workload_today": 270
                     *           }
                     *         ],
                     *         "worst_deviation_pct": 12.1,
                     *         "worst_deviation_today_pct": 38
                     *       },
                     *       "grids": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "outline": {
                     *         "coordinates": [
                     *           [
                     *             [
                     *               117.38,
                     *               32.92
                     *             ],
                     *             [
                     *               117.39,
                     *               32.92
                     *             ],
                     *             [
                     *               117.39,
                     *               32.93
                     *             ],
                     *             [
                     *               117.38,
                     *               32.93
                     *             ],
                     *             [
                     *               117.38,
                     *               32.92
                     *             ]
                     *           ]
                     *         ],
                     *         "type": "Polygon"
                     *       },
                     *       "revision": 4,
                     *       "today": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DrawingOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_blocks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
                /** @example 示例 */
                community: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    operate: {
        parameters: {
            query?: {
                /** @description Only tell what it would come to; nothing is stored. */
                preview?: boolean;
            };
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
                /** @example 示例 */
                community: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "confirmed": false,
                 *       "operation": {
                 *         "keys": [
                 *           "340302001001001",
                 *           "340302001001002"
                 *         ],
                 *         "kind": "merge"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OperationIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "community": "340302001001",
                     *       "consequences": {
                     *         "grids": [
                     *           {
                     *             "area_m2": 84210.5,
                     *             "change": {
                     *               "households": 12,
                     *               "workload": 20
                     *             },
                     *             "counts": {
                     *               "blocks": 9,
                     *               "care_subjects": 6,
                     *               "households": 180,
                     *               "incidents": 40
                     *             },
                     *             "deviation_pct": 4.2,
                     *             "key": "340302001001001",
                     *             "kind": "basic",
                     *             "name": "第一网格",
                     *             "worker": "示例一",
                     *             "workload": 290
                     *           }
                     *         ],
                     *         "incidents_from": "2025-11-21T08:00:00Z",
                     *         "incidents_until": "2026-11-21T08:00:00Z",
                     *         "mean_workload": 278.3,
                     *         "workers": [
                     *           {
                     *             "grids": [
                     *               "340302001001001"
                     *             ],
                     *             "worker": "示例一",
                     *             "workload": 290,
                     *             "workload_today": 270
                     *           }
                     *         ],
                     *         "worst_deviation_pct": 12.1,
                     *         "worst_deviation_today_pct": 38
                     *       },
                     *       "gone": [],
                     *       "position": 4,
                     *       "revision": 5,
                     *       "stored": true
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    undo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "community": "340302001001",
                     *       "consequences": {
                     *         "grids": [
                     *           {
                     *             "area_m2": 84210.5,
                     *             "change": {
                     *               "households": 12,
                     *               "workload": 20
                     *             },
                     *             "counts": {
                     *               "blocks": 9,
                     *               "care_subjects": 6,
                     *               "households": 180,
                     *               "incidents": 40
                     *             },
                     *             "deviation_pct": 4.2,
                     *             "key": "340302001001001",
                     *             "kind": "basic",
                     *             "name": "第一网格",
                     *             "worker": "示例一",
                     *             "workload": 290
                     *           }
                     *         ],
                     *         "incidents_from": "2025-11-21T08:00:00Z",
                     *         "incidents_until": "2026-11-21T08:00:00Z",
                     *         "mean_workload": 278.3,
                     *         "workers": [
                     *           {
                     *             "grids": [
                     *               "340302001001001"
                     *             ],
                     *             "worker": "示例一",
                     *             "workload": 290,
                     *             "workload_today": 270
                     *           }
                     *         ],
                     *         "worst_deviation_pct": 12.1,
                     *         "worst_deviation_today_pct": 38
                     *       },
                     *       "gone": [],
                     *       "position": 4,
                     *       "revision": 5,
                     *       "stored": true
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    redo: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "changed": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "community": "340302001001",
                     *       "consequences": {
                     *         "grids": [
                     *           {
                     *             "area_m2": 84210.5,
                     *             "change": {
                     *               "households": 12,
                     *               "workload": 20
                     *             },
                     *             "counts": {
                     *               "blocks": 9,
                     *               "care_subjects": 6,
                     *               "households": 180,
                     *               "incidents": 40
                     *             },
                     *             "deviation_pct": 4.2,
                     *             "key": "340302001001001",
                     *             "kind": "basic",
                     *             "name": "第一网格",
                     *             "worker": "示例一",
                     *             "workload": 290
                     *           }
                     *         ],
                     *         "incidents_from": "2025-11-21T08:00:00Z",
                     *         "incidents_until": "2026-11-21T08:00:00Z",
                     *         "mean_workload": 278.3,
                     *         "workers": [
                     *           {
                     *             "grids": [
                     *               "340302001001001"
                     *             ],
                     *             "worker": "示例一",
                     *             "workload": 290,
                     *             "workload_today": 270
                     *           }
                     *         ],
                     *         "worst_deviation_pct": 12.1,
                     *         "worst_deviation_today_pct": 38
                     *       },
                     *       "gone": [],
                     *       "position": 4,
                     *       "revision": 5,
                     *       "stored": true
                     *     }
                     */
                    "application/json": components["schemas"]["OutcomeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_log: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": []
                     *     }
                     */
                    "application/json": components["schemas"]["LogOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_findings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "blocking": 0,
                     *       "items": [
                     *         {
                     *           "blocking": false,
                     *           "geometry": {
                     *             "coordinates": [
                     *               [
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.92
                     *                 ],
                     *                 [
                     *                   117.39,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.93
                     *                 ],
                     *                 [
                     *                   117.38,
                     *                   32.92
                     *                 ]
                     *               ]
                     *             ],
                     *             "type": "Polygon"
                     *           },
                     *           "keys": [
                     *             "340302001001001"
                     *           ],
                     *           "kind": "too_small",
                     *           "params": {
                     *             "households": 62,
                     *             "least": 100
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FindingsOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    propose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
                /** @example 示例 */
                community: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "grids": 16,
                 *       "seed": 1,
                 *       "stability": 1,
                 *       "tolerance_pct": 5
                 *     }
                 */
                "application/json": components["schemas"]["DivisionIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "figures": {
                     *         "changed_pct": 12,
                     *         "median_deviation_pct": 1.2,
                     *         "worst_deviation_pct": 3.1
                     *       },
                     *       "grids": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "groups": [
                     *         [
                     *           "340302001001B001"
                     *         ],
                     *         [
                     *           "340302001001B002"
                     *         ]
                     *       ],
                     *       "is_within_tolerance": true,
                     *       "reasons": []
                     *     }
                     */
                    "application/json": components["schemas"]["DivisionOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    publish: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["PublishIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "effective_at": "2027-01-01T00:00:00+08:00",
                     *       "grids_closed": 1,
                     *       "grids_opened": 2,
                     *       "net_number": 2,
                     *       "net_version": "01a2005f-b6a0-7225-86d5-b56e70cef451",
                     *       "new_codes": [
                     *         "340302001001017"
                     *       ],
                     *       "plan": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "revision": 9
                     *     }
                     */
                    "application/json": components["schemas"]["PublishedOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    withdraw: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    revert: {
        parameters: {
            query?: never;
            header?: {
                /** @description Any text of the sender's own. Sent again with the same body, the same answer comes back. */
                "Idempotency-Key"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "author": "演示规划员",
                     *       "can_redo": false,
                     *       "communities": [
                     *         "340302001001"
                     *       ],
                     *       "community_names": [
                     *         {
                     *           "code": "340302001001",
                     *           "name": "东风社区"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-21T08:00:00Z",
                     *       "decisions": [],
                     *       "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *       "number": 12,
                     *       "others": [],
                     *       "position": 3,
                     *       "reason": "两个网格户数相差一倍",
                     *       "revision": 4,
                     *       "status": "draft",
                     *       "steps": [
                     *         {
                     *           "key": "street",
                     *           "level": "street",
                     *           "name_en": "Street",
                     *           "name_zh": "街道"
                     *         }
                     *       ],
                     *       "title": "东风社区网格优化（示例）",
                     *       "updated_at": "2026-11-21T09:30:00Z",
                     *       "effective_at": null,
                     *       "notice_from": null,
                     *       "notice_until": null,
                     *       "published_at": null,
                     *       "withdrawn_at": null,
                     *       "net_number": null,
                     *       "reverts_plan": null
                     *     }
                     */
                    "application/json": components["schemas"]["PlanOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_carry_over: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "candidates": [
                     *             {
                     *               "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                     *               "name": "示例一"
                     *             }
                     *           ],
                     *           "code": "340302001001017",
                     *           "community": "340302001001",
                     *           "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "name": "第十七网格",
                     *           "reason": "new_grid",
                     *           "worker": {
                     *             "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                     *             "name": "示例一"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CarriedList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    confirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                grid_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["ConfirmIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "candidates": [
                     *             {
                     *               "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                     *               "name": "示例一"
                     *             }
                     *           ],
                     *           "code": "340302001001017",
                     *           "community": "340302001001",
                     *           "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "name": "第十七网格",
                     *           "reason": "new_grid",
                     *           "worker": {
                     *             "id": "01a2005f-b6a0-7225-86d5-b56e70cef452",
                     *             "name": "示例一"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CarriedList"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_plan_handover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "effective_at": "2027-01-01T00:00:00+08:00",
                     *       "incidents": [],
                     *       "workers": [
                     *         {
                     *           "doors_gained": 180,
                     *           "doors_given": 0,
                     *           "incidents_gained": 1,
                     *           "incidents_given": 0,
                     *           "name": "示例一",
                     *           "number": "W-0001",
                     *           "worker_id": "01a2005f-b6a0-7225-86d5-b56e70cef452"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PlanHandoverOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_plan_handover_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An Excel table, a sheet for each worker. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    rebase: {
        parameters: {
            query?: never;
            header?: {
                /** @description The revision one has read, in quotes: "7". `*` overwrites whatever is there. */
                "If-Match"?: string | null;
            };
            path: {
                /** @example 0192f3a4-7c1d-7e2a-9b6c-3f5d8e7a1b20 */
                plan_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "done_again": 1,
                     *       "left_out": [
                     *         {
                     *           "code": "unknown_grid",
                     *           "community_code": "340302001001",
                     *           "kind": "merge",
                     *           "message": "There is no grid of this key in the community.",
                     *           "sequence": 2
                     *         }
                     *       ],
                     *       "moved": [
                     *         {
                     *           "changed": [
                     *             "340302001001001",
                     *             "340302001001017"
                     *           ],
                     *           "community_code": "340302001001",
                     *           "conflicts": [
                     *             "340302001001001"
                     *           ]
                     *         }
                     *       ],
                     *       "position": 2,
                     *       "revision": 6
                     *     }
                     */
                    "application/json": components["schemas"]["RebasedOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_life: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 340302001001001 */
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "340302001001001",
                     *       "stages": [
                     *         {
                     *           "area_m2": 84210.5,
                     *           "came_from": [],
                     *           "code": "340302001001001",
                     *           "community_code": "340302001001",
                     *           "counts": {
                     *             "households": 180
                     *           },
                     *           "grid_id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "kind": "basic",
                     *           "name": "第一网格",
                     *           "net_number": 1,
                     *           "since": "2026-01-01T00:00:00+08:00",
                     *           "went_to": [
                     *             {
                     *               "area_ppm": 400000,
                     *               "code": "340302001001017",
                     *               "household_ppm": 450000,
                     *               "name": "第十七网格",
                     *               "operation": "split",
                     *               "plan_number": 12,
                     *               "plan_title": "示例方案"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LifeOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    list_net_versions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "effective_at": "2026-01-01T00:00:00+08:00",
                     *           "id": "01a2005f-b6a0-7225-86d5-b56e70cef450",
                     *           "number": 1,
                     *           "plans": [],
                     *           "published_at": "2026-01-01T00:00:00+08:00",
                     *           "published_by": "admin"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["NetVersionsOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_concordance: {
        parameters: {
            query: {
                /** @description The earlier moment. */
                since: string;
                /** @description The later moment; now when left out. */
                until?: string | null;
                /** @description Only grids of this community. */
                community?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "area_ppm": 400000,
                     *           "community_code": "340302001001",
                     *           "household_ppm": 450000,
                     *           "new_code": "340302001001017",
                     *           "new_name": "第十七网格",
                     *           "old_code": "340302001001001",
                     *           "old_name": "第一网格",
                     *           "operation": "split"
                     *         }
                     *       ],
                     *       "since": "2026-01-01T00:00:00+08:00",
                     *       "until": "2026-12-01T00:00:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["ConcordanceOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    get_concordance_table: {
        parameters: {
            query: {
                /** @description The earlier moment. */
                since: string;
                /** @description The later moment; now when left out. */
                until?: string | null;
                /** @description Only grids of this community. */
                community?: string | null;
            };
            header?: never;
            path: {
                /** @example csv */
                form: "csv" | "xlsx";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example 原网格编码,新网格编码 */
                    "text/csv": unknown;
                    /** @example PK… */
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    compare: {
        parameters: {
            query: {
                /** @description The earlier moment. */
                since: string;
                /** @description The later moment; now when left out. */
                until?: string | null;
                /** @description Only grids of this community. */
                community?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "new": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "old": {
                     *         "features": [
                     *           {
                     *             "geometry": {
                     *               "coordinates": [
                     *                 [
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.92
                     *                   ],
                     *                   [
                     *                     117.39,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.93
                     *                   ],
                     *                   [
                     *                     117.38,
                     *                     32.92
                     *                   ]
                     *                 ]
                     *               ],
                     *               "type": "Polygon"
                     *             },
                     *             "id": "340302001001001",
                     *             "properties": {
                     *               "key": "340302001001001",
                     *               "name": "第一网格",
                     *               "kind": "basic",
                     *               "drawn_from": "340302001001001",
                     *               "decided": false,
                     *               "fresh_code": false
                     *             },
                     *             "type": "Feature"
                     *           }
                     *         ],
                     *         "type": "FeatureCollection"
                     *       },
                     *       "since": "2026-01-01T00:00:00+08:00",
                     *       "until": "2026-12-01T00:00:00+08:00"
                     *     }
                     */
                    "application/json": components["schemas"]["CompareOut"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "version": "0.1.0",
                     *       "checks": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "version": "0.1.0",
                     *       "checks": {}
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
    system_state: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "version": "0.1.0",
                     *       "checks": [
                     *         {
                     *           "name": "示例",
                     *           "state": "ok",
                     *           "text": "示例",
                     *           "mend": "示例"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["SystemState"];
                };
            };
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Unavailable"];
        };
    };
}
