package dev.weir.platform.kernel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * The one way Weir reads and writes JSON: ISO instants and durations, decimals as plain strings, no nulls written. The
 * mappers are shared: never change their configuration.
 */
public final class Json {

    private static final ObjectMapper STRICT =
            base().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final ObjectMapper LENIENT =
            base().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private Json() {}

    /** For requests and answers: an unknown field is refused. */
    public static ObjectMapper mapper() {
        return STRICT;
    }

    /** For events: an unknown field is ignored, so that a producer may add one. */
    public static ObjectMapper lenientMapper() {
        return LENIENT;
    }

    private static JsonMapper.Builder base() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new Jdk8Module())
                .addModule(new SimpleModule("weir")
                        .addSerializer(BigDecimal.class, new PlainDecimal())
                        .addDeserializer(BigDecimal.class, new DecimalReader()))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
                .serializationInclusion(JsonInclude.Include.NON_NULL);
    }

    /** Decimals are strings in the API, so that no client reads them into a binary float. */
    private static final class PlainDecimal extends StdSerializer<BigDecimal> {

        private static final long serialVersionUID = 1L;

        PlainDecimal() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.toPlainString());
        }
    }

    /** A decimal is a JSON number or a string in plain notation; an exponent would let a short text stand for a huge number. */
    private static final class DecimalReader extends StdDeserializer<BigDecimal> {

        private static final long serialVersionUID = 1L;
        private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
        private static final int MAX_SCALE = 100;

        DecimalReader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.hasToken(JsonToken.VALUE_STRING)) {
                String text = in.getText().strip();
                return PLAIN.matcher(text).matches()
                        ? new BigDecimal(text)
                        : (BigDecimal)
                                context.handleWeirdStringValue(handledType(), text, "not a plain decimal number");
            }
            if (in.currentToken() != null && in.currentToken().isNumeric()) {
                BigDecimal number = in.getDecimalValue();
                return Math.abs(number.scale()) <= MAX_SCALE
                        ? number
                        : (BigDecimal) context.handleWeirdNumberValue(handledType(), number.scale(), "out of range");
            }
            return (BigDecimal) context.handleUnexpectedToken(handledType(), in);
        }
    }
}
