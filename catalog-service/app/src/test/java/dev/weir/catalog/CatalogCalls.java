package dev.weir.catalog;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Calls that every test of the API makes. */
public final class CatalogCalls {

    /** The media type of a document as people write it. */
    public static final String YAML = "application/yaml";

    private static final RestAssuredConfig PLAIN_YAML = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs(YAML, ContentType.TEXT));

    private CatalogCalls() {}

    /** A request with a YAML document. */
    public static RequestSpecification yaml(String document) {
        return given().config(PLAIN_YAML).headers(Map.of("Content-Type", YAML)).body(document);
    }

    /** Applies a document and answers the catalog version that has it in force. */
    public static long publish(String document) {
        return yaml(document)
                .put("/v1/catalog")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("version");
    }

    /** The catalog version in force. */
    public static long inForceVersion() {
        return Long.parseLong(given().get("/v1/catalog").getHeader("Weir-Catalog-Version"));
    }
}
