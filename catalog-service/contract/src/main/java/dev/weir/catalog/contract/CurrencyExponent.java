package dev.weir.catalog.contract;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The decimals of a currency's minor unit after ISO 4217 (amendment 180). Data of our own, because a runtime's table
 * changes with its version and an invoice must not.
 */
public final class CurrencyExponent {

    private static final Map<String, Integer> EXPONENTS = new HashMap<>();

    static {
        put(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        put(
                2,
                "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN "
                        + "BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP "
                        + "GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP "
                        + "LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR "
                        + "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
                        + "SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR "
                        + "ZMW ZWG");
        put(3, "BHD IQD JOD KWD LYD OMR TND");
        put(4, "CLF UYW");
    }

    private CurrencyExponent() {}

    /** The decimals of a currency's minor unit (USD 2, JPY 0, KWD 3); empty for a code that is no currency. */
    public static OptionalInt find(String currency) {
        Integer exponent = EXPONENTS.get(currency);
        return exponent == null ? OptionalInt.empty() : OptionalInt.of(exponent);
    }

    /**
     * As {@link #find}, for a currency that was checked when it came in.
     *
     * @throws IllegalArgumentException if the code is no currency
     */
    public static int of(String currency) {
        return find(currency).orElseThrow(() -> new IllegalArgumentException("not an ISO 4217 currency: " + currency));
    }

    private static void put(int exponent, String codes) {
        for (String code : codes.split(" ", -1)) {
            EXPONENTS.put(code, exponent);
        }
    }
}
