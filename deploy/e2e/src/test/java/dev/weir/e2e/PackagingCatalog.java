package dev.weir.e2e;

/** Two products of their own, on features that no other test uses: a plan two levels deep, a trial of a larger one, add-ons. */
final class PackagingCatalog {
    static final String CALLS = "pkg-calls";
    static final String CONTEXT = "pkg-context";
    static final String TIER = "pkg-tier";
    static final String EXPORT = "pkg-export";
    static final String CHAT = "pkg-chat";
    static final String CREDITS = "pkg-credits";

    private static final String DOCUMENT = """
            {'creditUnits': {'pkg-credits': {'name': 'Packaging credit', 'scale': 2}},
             'meters': {'pkg-calls': {'eventType': 'pkg.call', 'aggregation': 'COUNT'}},
             'features': {
               'pkg-calls': {'type': 'METERED', 'meter': 'pkg-calls', 'unit': 'call'},
               'pkg-context': {'type': 'CONFIG', 'valueType': 'NUMBER'},
               'pkg-tier': {'type': 'CONFIG', 'valueType': 'ENUM', 'values': ['community', 'email', 'dedicated']},
               'pkg-export': {'type': 'BOOLEAN'},
               'pkg-chat': {'type': 'CREDIT', 'creditUnit': 'pkg-credits', 'eventType': 'pkg.chat',
                            'rates': [{'match': {}, 'per': {'tokens': '0.01'}}]}},
             'products': {'pkg-one': {'name': 'One'}, 'pkg-two': {'name': 'Two'}},
             'plans': {
               'pkg-root': {'product': 'pkg-one', 'entitlements': {
                  'pkg-calls': {'limit': %1$d, 'every': 'P1M'},
                  'pkg-context': {'value': 8000}, 'pkg-tier': {'value': 'community'}}},
               'pkg-mid': {'product': 'pkg-one', 'extends': 'pkg-root', 'entitlements': {
                  'pkg-export': {}, 'pkg-context': {'value': 16000}}},
               'pkg-top': {'product': 'pkg-one', 'extends': 'pkg-mid', 'entitlements': {
                  'pkg-tier': {'value': 'email'}, 'pkg-chat': {'onLimit': 'HARD', 'rates': [
                     {'match': {}, 'per': {'tokens': '%2$s'}}]}},
                  'trial': {'for': 'PT4S', 'of': 'pkg-max', 'atEnd': 'CONVERT'}},
               'pkg-max': {'product': 'pkg-one', 'entitlements': {
                  'pkg-calls': {'limit': 5000, 'every': 'P1M'},
                  'pkg-context': {'value': 64000}, 'pkg-tier': {'value': 'dedicated'}}},
               'pkg-other': {'product': 'pkg-two', 'entitlements': {
                  'pkg-calls': {'limit': 400, 'every': 'P1M', 'onLimit': 'SOFT', 'overageCap': 10},
                  'pkg-context': {'value': 4000}, 'pkg-tier': {'value': 'dedicated'}}}},
             'addons': {
               'pkg-more': {'product': 'pkg-one', 'maxQuantity': 10,
                  'entitlements': {'pkg-calls': {'limit': 50, 'every': 'P1M', 'effect': 'INCREMENT'}}},
               'pkg-instead': {'product': 'pkg-one',
                  'entitlements': {'pkg-calls': {'limit': 120, 'every': 'P1M', 'effect': 'OVERRIDE'}}}}}
            """;

    private PackagingCatalog() {}

    /** As it was: 100 calls, a token costs 0.01. */
    static void original() {
        Catalog.merge(DOCUMENT.formatted(100, "0.01"));
    }

    /** The grandparent gives fewer calls and a token costs twice as much; existing subscriptions keep what they have. */
    static void dearer() {
        Catalog.merge(DOCUMENT.formatted(40, "0.02"));
    }
}
