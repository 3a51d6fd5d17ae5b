package dev.weir.e2e;

/** A product of its own, on units that no other test uses: small and large limits, soft and hard, and two credit units. */
final class LedgerCatalog {
    static final String CALLS = "led-calls";
    static final String IMAGES = "led-images";
    static final String CHAT = "led-chat";
    static final String VIDEO = "led-video";

    /** Credits with two decimals, which chat and images spend. */
    static final String COARSE = "led-coarse";

    /** Credits with eight decimals, which video spends. */
    static final String FINE = "led-fine";

    private static final String DOCUMENT = """
            {'creditUnits': {'led-coarse': {'name': 'Coarse', 'scale': 2}, 'led-fine': {'name': 'Fine', 'scale': 8}},
             'meters': {
               'led-calls': {'eventType': 'led.call', 'aggregation': 'COUNT'},
               'led-images': {'eventType': 'led.image', 'aggregation': 'COUNT'}},
             'features': {
               'led-calls': {'type': 'METERED', 'meter': 'led-calls', 'unit': 'call'},
               'led-images': {'type': 'METERED', 'meter': 'led-images', 'unit': 'image'},
               'led-chat': {'type': 'CREDIT', 'creditUnit': 'led-coarse', 'eventType': 'led.chat',
                            'rates': [{'match': {}, 'per': {'tokens': '0.01'}}]},
               'led-video': {'type': 'CREDIT', 'creditUnit': 'led-fine', 'eventType': 'led.video',
                            'rates': [{'match': {}, 'per': {'milliseconds': '0.00000003'}}]}},
             'products': {'led': {'name': 'Ledger'}},
             'plans': {
               'led-soft-1k': {'product': 'led', 'entitlements': {
                  'led-calls': {'limit': 1000, 'every': 'P1M', 'onLimit': 'SOFT'}},
                  'charges': [{'key': 'calls', 'feature': 'led-calls', 'appliesTo': 'OVERAGE', 'model': 'PER_UNIT',
                               'unitPrice': '0.002', 'currency': 'USD'}]},
               'led-1k': {'product': 'led',
                  'entitlements': {'led-calls': {'limit': 1000, 'every': 'P1M'}, 'led-chat': {}, 'led-video': {}},
                  'credits': [{'key': 'monthly', 'unit': 'led-coarse', 'amount': '100', 'every': 'P1M',
                               'category': 'PAID'}]},
               'led-10k': {'product': 'led',
                  'entitlements': {'led-calls': {'limit': 10000, 'every': 'P1M'}, 'led-chat': {}, 'led-video': {}},
                  'credits': [{'key': 'monthly', 'unit': 'led-coarse', 'amount': '1000', 'every': 'P1M',
                               'category': 'PAID'}]},
               'led-tried': {'product': 'led',
                  'entitlements': {'led-calls': {'limit': 10, 'every': 'P1M'}},
                  'trial': {'for': 'PT3S', 'of': 'led-10k', 'atEnd': 'CANCEL',
                            'credits': [{'unit': 'led-coarse', 'amount': '50', 'category': 'PROMOTIONAL'}]}},
               'led-images': {'product': 'led', 'entitlements': {
                  'led-chat': {}, 'led-video': {},
                  'led-images': {'limit': 10, 'every': 'P1M', 'then': {'unit': 'led-coarse', 'per': '0.2'}}}}}}
            """;

    private LedgerCatalog() {}

    static void apply() {
        Catalog.merge(DOCUMENT);
    }
}
