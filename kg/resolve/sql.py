"""The SQL of linking, all in one place: what keys become across documents. DuckDB runs it (``kg.resolve.relational``).

The tables follow one another::

    said ── a row a document and key, as the workers wrote it
     └ homes ── to which item each row belongs: its shape, unless posts or a person's decision say otherwise
        └ items ── all that documents say by one item
           └ found ── pairs of items that share a blocking key     (scored in Python: scored)
              └ moved ── items that give way to another             (union of accepted pairs: Python)
                 └ members, entities, pairs ── the answers

Blocks are joins on equality, and within a block each item meets at most its neighbours, so no step looks at all pairs.
Text is compared by code point, as Python does. Where the order of rows matters it is stated; nothing depends on the
order in which documents came, nor on threads.
"""

from __future__ import annotations

from kg.resolve.homonyms import MARK

#: Columns of what a document says by one key; those after ``core`` are empty where a key has no shape.
SAID = {
    "document": "VARCHAR",
    "year": "VARCHAR",  # of the document, empty when unknown
    "key": "VARCHAR",
    "label": "VARCHAR",
    "place": "VARCHAR",
    "home": "VARCHAR",  # jurisdiction of the document
    "names": "STRUCT(idle BOOLEAN, spare INTEGER, marked BOOLEAN, name VARCHAR)[]",  # as names.rank orders
    "forms": "VARCHAR[]",
    "bodies": "VARCHAR[]",  # bodies in which a person holds posts
    "lines": "VARCHAR[]",  # departments that a person heads
    "shaped": "BOOLEAN",
    "item": "VARCHAR",  # key of the shape, else the key itself; of people the key without a department
    "least": "VARCHAR",
    "core": "VARCHAR",
    "bare": "VARCHAR",  # core without its kind
    "shape_label": "VARCHAR",
    "shape_place": "VARCHAR",
    "named": "VARCHAR",
    "own": "INTEGER",
    "distinctive": "BOOLEAN",
    "crossing": "BOOLEAN",
    "area": "VARCHAR",
}

LOAD = f"""
CREATE TABLE said AS
SELECT * FROM read_json($1, format = 'newline_delimited', columns = {SAID!r})
"""

#: People of one name and place of whom texts tell several departments, or whom a person has split by them.
HEADS = """
WITH several AS (
    SELECT item FROM said WHERE key <> item AND label = 'official' GROUP BY item
    HAVING count(DISTINCT key) + len(list_distinct(flatten(list(lines)))) > 2
    UNION SELECT unnest($1::VARCHAR[]))
SELECT item, key, document, year, lines FROM said
WHERE key <> item AND item IN (SELECT item FROM several) ORDER BY item, key, document
"""
PARTED = "CREATE TABLE parted AS SELECT unnest($1::VARCHAR[]) AS key, unnest($2::VARCHAR[]) AS item"

#: Linking keys and items that decisions speak of.
KNOWN = """
SELECT key, coalesce(parted.item, said.item) AS item
FROM said LEFT JOIN parted USING (key)
WHERE key IN (SELECT unnest($1::VARCHAR[])) OR coalesce(parted.item, said.item) IN (SELECT unnest($1::VARCHAR[]))
UNION SELECT item, item FROM said WHERE item IN (SELECT unnest($1::VARCHAR[]))
ORDER BY key, item
"""

APART = "CREATE TABLE apart AS SELECT unnest($1::VARCHAR[]) AS key"
BY_DOCUMENT = "CREATE TABLE by_document AS SELECT unnest($1::VARCHAR[]) AS item"

#: ``linking`` is the key under which a document finds its entity; it names the document where a person split by it.
HOMES = f"""
CREATE VIEW homes AS
SELECT said.* REPLACE (
        CASE WHEN apart.key IS NOT NULL THEN said.key
            WHEN by_document.item IS NOT NULL THEN said.item || '{MARK}' || said.document
            ELSE coalesce(parted.item, said.item) END AS item),
    CASE WHEN apart.key IS NULL AND by_document.item IS NOT NULL THEN said.key || '{MARK}' || said.document
        ELSE said.key END AS linking,
    said.item AS shape
FROM said
LEFT JOIN apart ON apart.key = said.key
LEFT JOIN parted ON parted.key = said.key
LEFT JOIN by_document ON by_document.item = said.item
"""
#: What a split by body or document makes of one thing.
PEOPLE_OF = """
SELECT DISTINCT shape, item FROM homes WHERE shape IN (SELECT unnest($1::VARCHAR[])) ORDER BY shape, item
"""

#: One row an item. Without a shape the smallest key speaks for it, with one its shape.
ITEMS = """
CREATE TABLE items AS
SELECT item,
    bool_or(shaped) AS shaped,
    CASE WHEN bool_or(shaped) THEN min(shape_label) ELSE min({'k': key, 'l': label, 'p': place}).l END AS label,
    CASE WHEN bool_or(shaped) THEN min(shape_place) ELSE min({'k': key, 'l': label, 'p': place}).p END AS place,
    min({'k': key, 'n': least, 'c': core}).c AS core,
    coalesce(min(bare), '') AS bare,
    coalesce(min(own), 0) AS own,
    coalesce(bool_or(distinctive), FALSE) AS distinctive,
    coalesce(bool_or(crossing), FALSE) AS crossing,
    list_sort(list(DISTINCT named) FILTER (named IS NOT NULL)) AS named,
    list_sort(list(DISTINCT home) FILTER (home <> '')) AS homes,
    list_sort(list_distinct(flatten(list(bodies)))) AS bodies
FROM homes GROUP BY item
"""

#: Places of items; what stands above each comes from the registry, nearest first.
PLACES = "SELECT DISTINCT place FROM items WHERE place <> '' ORDER BY place"
ABOVE = """
CREATE TABLE above AS
SELECT unnest($1::VARCHAR[]) AS place, unnest($2::VARCHAR[]) AS upper, unnest($3::INTEGER[]) AS steps
"""
#: Two places of which one is the other or holds it; no place fits itself alone.
RELATED = """
CREATE TABLE related AS
SELECT place AS one, upper AS other FROM above
UNION SELECT upper, place FROM above
UNION SELECT place, place FROM items
"""

FOUND = """
CREATE TABLE found (earlier VARCHAR, later VARCHAR, kind VARCHAR, rivals INTEGER)
"""

#: Things of one core name, each with the nearest place above it, at last with what has no place (绿心中央公园).
NEAREST = """
CREATE TABLE nearest AS
WITH top AS (SELECT label, core, place, max(item) AS item FROM items WHERE shaped GROUP BY label, core, place),
steps AS (SELECT place, upper, steps FROM above UNION ALL SELECT DISTINCT place, '', 1000 FROM items WHERE place <> ''),
ranked AS (
    SELECT items.item, items.label, top.item AS upper,
        row_number() OVER (PARTITION BY items.item ORDER BY steps.steps) AS number
    FROM items
    JOIN steps ON steps.place = items.place
    JOIN top ON top.label = items.label AND top.core = items.core AND top.place = steps.upper
    WHERE items.shaped)
SELECT item, label, upper FROM ranked WHERE number = 1
"""
SAME_CORE = """
INSERT INTO found
SELECT upper, item, CASE label WHEN 'enterprise' THEN 'maker' ELSE 'place' END,
    count(*) OVER (PARTITION BY upper) - 1
FROM nearest
"""

#: Things of one core name with nothing above them: lines and institutions, with their neighbour.
NEIGHBOURS = """
INSERT INTO found
WITH tops AS (
    SELECT item, label, crossing, lead(item) OVER (PARTITION BY label, core ORDER BY item) AS later
    FROM items WHERE shaped AND place <> '' AND item NOT IN (SELECT item FROM nearest))
SELECT item, later, CASE WHEN crossing THEN 'crossing' ELSE 'beside' END, 0
FROM tops WHERE later IS NOT NULL AND (crossing OR label = 'agency')
"""

#: A core that is the end of another one (犬木塘水库, 国家重大水利工程犬木塘水库).
ENDS = """
INSERT INTO found
WITH ends AS (
    SELECT item, label, place, substr(core, unnest(range(2, length(core) - $least + 2))) AS ending
    FROM items WHERE shaped AND length(core) <= $longest)
SELECT other.item, ends.item, 'end', 0
FROM ends
JOIN items AS other ON other.shaped AND other.label = ends.label AND other.core = ends.ending
JOIN related ON related.one = ends.place AND related.other = other.place
"""

#: A core that is another one without its kind (吉邵, 吉邵高速).
KINDS = """
INSERT INTO found
SELECT other.item, full_name.item, 'kind', count(*) OVER (PARTITION BY other.item) - 1
FROM items AS full_name
JOIN items AS other ON other.shaped AND other.label = full_name.label AND other.core = full_name.bare
JOIN related ON related.one = full_name.place AND related.other = other.place
WHERE full_name.shaped AND length(full_name.core) <= $longest AND length(full_name.bare) >= 2
"""

#: Firms of texts of one place whose names begin alike, each with the next longer one (中车株机, 中车株洲电力机车).
SHORT_NAMES = """
INSERT INTO found
WITH firms AS (
    SELECT item, core, left(core, 2) AS beginning, unnest(homes) AS home
    FROM items WHERE shaped AND label = 'enterprise' AND length(core) <= $longest),
beside AS (
    SELECT item, core, lead(item) OVER near AS later, lead(core) OVER near AS later_core
    FROM firms WINDOW near AS (PARTITION BY beginning, home ORDER BY length(core), core, item))
SELECT DISTINCT item, later, 'short', 0 FROM beside
WHERE length(core) BETWEEN 3 AND 6 AND length(later_core) >= length(core) + 2 AND NOT ends_with(later_core, core)
"""

#: People of one name: neighbours among those of one body, and among all.
PEOPLE = f"""
INSERT INTO found
WITH people AS (SELECT item, core, bodies FROM items WHERE NOT shaped AND label = 'official'),
of_body AS (SELECT item, core, unnest(bodies) AS body FROM people),
pairs AS (
    SELECT item, lead(item) OVER (PARTITION BY core, body ORDER BY item) AS later FROM of_body
    UNION SELECT item, lead(item) OVER (PARTITION BY core ORDER BY item) FROM people)
SELECT item, later, 'person', 0 FROM pairs
WHERE later IS NOT NULL AND split_part(item, '{MARK}', 1) <> split_part(later, '{MARK}', 1)
"""

BLOCKS = (FOUND, NEAREST, SAME_CORE, NEIGHBOURS, ENDS, KINDS, SHORT_NAMES, PEOPLE)

_COLUMNS = ("item", "label", "place", "core", "shaped", "own", "distinctive", "crossing", "named", "homes", "bodies")
_ITEM = ", ".join(f"{{0}}.{column}" for column in _COLUMNS)
#: Pairs to score, each side as the fields of ``kg.resolve.candidates.Item``.
CANDIDATES = f"""
SELECT found.kind, found.rivals, {_ITEM.format("one")}, {_ITEM.format("other")}
FROM found JOIN items AS one ON one.item = found.earlier JOIN items AS other ON other.item = found.later
"""
ITEM = f"SELECT {_ITEM.format('items')} FROM items WHERE item IN (SELECT unnest($1::VARCHAR[])) ORDER BY item"

SCORED = """
CREATE TABLE scored (earlier VARCHAR, later VARCHAR, kind VARCHAR, rivals INTEGER, value DOUBLE, reasons VARCHAR[])
"""
SCORE = """
INSERT INTO scored
SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), unnest($3::VARCHAR[]), unnest($4::INTEGER[]),
    unnest($5::DOUBLE[]), unnest($6::VARCHAR[][])
"""
#: Pairs that are one, surest first.
ACCEPTED = f"""
SELECT {_ITEM.format("one")}, {_ITEM.format("other")}
FROM scored JOIN items AS one ON one.item = scored.earlier JOIN items AS other ON other.item = scored.later
WHERE scored.value >= $1
ORDER BY scored.value DESC, scored.earlier, scored.later, scored.kind, scored.rivals
"""

MOVED = "CREATE TABLE moved AS SELECT unnest($1::VARCHAR[]) AS item, unnest($2::VARCHAR[]) AS entity"

MEMBERS = """
CREATE VIEW members AS
SELECT homes.*, coalesce(moved.entity, homes.item) AS entity FROM homes LEFT JOIN moved ON moved.item = homes.item
"""

#: One row an entity: names with the preferred one first, its linking keys, and what its place is told by.
ENTITIES = """
CREATE TABLE entities AS
WITH called AS (
    SELECT entity, name,
        row_number() OVER (PARTITION BY entity ORDER BY idle, spare, marked, length(name), name) AS number
    FROM (SELECT entity, unnest(names, recursive := TRUE) FROM members)),
forms AS (
    SELECT entity, name AS form FROM called UNION SELECT entity, unnest(forms) FROM members),
aliases AS (SELECT entity, list(form ORDER BY form) AS aliases FROM forms GROUP BY entity),
own AS (SELECT item, shaped, crossing, place FROM items),
by_key AS (
    SELECT entity, linking, min({'l': label, 'p': place}) AS first, list(DISTINCT area) FILTER (area <> '') AS areas
    FROM members GROUP BY entity, linking),
told AS (
    SELECT entity, min(first.l) AS label, list_sort(list(linking)) AS keys,
        min(first.p) FILTER (first.p <> '') AS place, list_sort(list_distinct(flatten(list(areas)))) AS areas
    FROM by_key GROUP BY entity)
SELECT told.entity AS key, told.label, called.name, aliases.aliases, told.keys, own.shaped, own.crossing,
    CASE WHEN own.shaped THEN own.place ELSE coalesce(told.place, '') END AS place, told.areas
FROM told JOIN called ON called.entity = told.entity AND called.number = 1
JOIN aliases ON aliases.entity = told.entity
JOIN own ON own.item = told.entity
"""
ENTITY_ROWS = "SELECT key, label, name, aliases, keys, crossing AND shaped, place, areas FROM entities ORDER BY key"

#: Questions about people that linking keeps one.
CAREERS = """
CREATE TABLE careers AS
SELECT $4::DOUBLE AS value, 'official' AS label, unnest($1::VARCHAR[]) AS earlier, unnest($2::VARCHAR[]) AS later,
    unnest($3::VARCHAR[][]) AS reasons
"""
JUDGED = "CREATE TABLE judged AS SELECT unnest($1::VARCHAR[]) AS earlier, unnest($2::VARCHAR[]) AS later"
#: Pairs that stay doubtful, each once with its best reason; those that a person has judged left out.
PAIRS = """
CREATE TABLE pairs AS
WITH between AS (
    SELECT coalesce(one.entity, scored.earlier) AS one, coalesce(other.entity, scored.later) AS other,
        value, kind, reasons
    FROM scored
    LEFT JOIN moved AS one ON one.item = scored.earlier
    LEFT JOIN moved AS other ON other.item = scored.later),
ordered AS (
    SELECT least(one, other) AS earlier, greatest(one, other) AS later, value, kind, reasons
    FROM between WHERE one <> other),
best AS (
    SELECT *, row_number() OVER (PARTITION BY earlier, later ORDER BY value DESC, kind DESC, reasons DESC) AS number
    FROM ordered ANTI JOIN judged USING (earlier, later))
SELECT best.value, one.label, best.earlier, best.later, one.name, other.name AS other_name, best.kind, best.reasons
FROM best JOIN entities AS one ON one.key = best.earlier JOIN entities AS other ON other.key = best.later
WHERE best.number = 1
"""
PAIR_ROWS = """
SELECT * FROM pairs
UNION ALL
SELECT value, careers.label, earlier, later, one.name, other.name, 'career', reasons
FROM careers
JOIN (SELECT key, min(least) AS name FROM said GROUP BY key) AS one ON one.key = earlier
JOIN (SELECT key, min(least) AS name FROM said GROUP BY key) AS other ON other.key = later
ORDER BY value DESC, label, earlier, later
"""

#: Bodies whose name a reform replaced, with the first successor that the corpus names.
REPLACED = """
WITH renamed AS (
    SELECT unnest($1::VARCHAR[]) AS before, unnest($2::VARCHAR[]) AS after, unnest($3::INTEGER[]) AS number),
both_named AS (
    SELECT old.key AS old, new.key AS new, row_number() OVER (PARTITION BY old.key ORDER BY renamed.number) AS number
    FROM entities AS old
    JOIN renamed ON ends_with(old.key, '/' || renamed.before)
    JOIN entities AS new ON new.label = 'agency'
        AND new.key = left(old.key, length(old.key) - length(renamed.before)) || renamed.after
    WHERE old.label = 'agency')
SELECT old, new FROM both_named WHERE number = 1 ORDER BY old
"""

#: The entity of a linking key, of an item, or of itself.
ENTITY_OF = """
SELECT asked, min({'n': number, 'e': entity}).e FROM (
    SELECT key AS asked, 1 AS number, entity FROM members WHERE key IN (SELECT unnest($1::VARCHAR[]))
    UNION ALL SELECT key, 2, key FROM entities WHERE key IN (SELECT unnest($1::VARCHAR[]))
    UNION ALL SELECT item, 3, entity FROM members WHERE item IN (SELECT unnest($1::VARCHAR[])))
GROUP BY asked ORDER BY asked
"""
COUNT = """
SELECT (SELECT count(*) FROM entities), (SELECT count(*) FROM pairs) + (SELECT count(*) FROM careers),
"""
