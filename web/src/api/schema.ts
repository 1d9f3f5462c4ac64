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
    "/api/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
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
         * @description Answers 200 when the database answers and has the schema of this version, else 503.
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccountOut
         * @description An account and what it may do.
         */
        AccountOut: {
            username: string;
            display_name: string;
            roles: string[];
            permissions: string[];
            worker: components["schemas"]["WorkerOut"] | null;
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
         * CatalogueOut
         * @description Every list; an entry no longer in use stays in it, because old records bear its key.
         */
        CatalogueOut: {
            incident_categories: components["schemas"]["Entry"][];
            channels: components["schemas"]["Entry"][];
            visit_kinds: components["schemas"]["Entry"][];
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
         * DocumentsOut
         * @description Addresses of geometry that never changes under its address; grids is null before the first net.
         */
        DocumentsOut: {
            grids: string | null;
            areas: string;
            backdrop: string;
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
        };
        /**
         * MyVisits
         * @description Visits of a worker, the newest first.
         */
        MyVisits: {
            items: components["schemas"]["MyVisit"][];
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
         * OpenOut
         * @description Open incidents, and those without a grid.
         */
        OpenOut: {
            count: number;
            unlocated: number;
            outside: number;
        };
        /**
         * OverdueOut
         * @description Grids, of so many.
         */
        OverdueOut: {
            grids: number;
            of: number;
        };
        /** Page[DoorOut] */
        Page_DoorOut_: {
            items: components["schemas"]["DoorOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
        };
        /** Page[IncidentOut] */
        Page_IncidentOut_: {
            items: components["schemas"]["IncidentOut"][];
            /** @description Give it back as `cursor` for the following page; null: no more. */
            next_cursor: string | null;
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
         * PilotOut
         * @description Pilot communities, of so many.
         */
        PilotOut: {
            communities: number;
            of: number;
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
         * SessionOut
         * @description Who is logged in, and how the city counts its days.
         */
        SessionOut: {
            account: components["schemas"]["AccountOut"];
            city_timezone: string;
            locale: string;
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
         * @description A visit: at a door, in a grid or at a place; at least one of them. The position is never asked for by force.
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
             * @default done
             * @enum {string}
             */
            result: "done" | "nobody_home" | "refused";
            grid_code?: string | null;
            door_code?: string | null;
            x?: number | null;
            y?: number | null;
            crs?: string | null;
            accuracy_m?: number | null;
            occurred_at?: string | null;
            note?: string | null;
            /**
             * @description Made up, for a demonstration or a test.
             * @default false
             */
            synthetic: boolean;
        };
        /**
         * VisitKindOut
         * @description A kind of visit: a service or a patrol.
         */
        VisitKindOut: {
            key: string;
            group: string;
            name: components["schemas"]["NamesOut"];
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
        };
        /**
         * WorkerOut
         * @description The worker that an account belongs to.
         */
        WorkerOut: {
            id: string;
            name: string;
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                /** @description The moment asked about, with its zone; now when left out. */
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
                     *       "flags": []
                     *     }
                     */
                    "application/json": components["schemas"]["VisitReceiptOut"];
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
                     *           }
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
    my_grids: {
        parameters: {
            query?: {
                /** @description The moment asked about, with its zone; now when left out. */
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
                     *           "flags": []
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
}
