package dev.weir.catalog.publication.persistence;

/** The database could not be used. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreException(String what, Throwable cause) {
        super(what, cause);
    }
}
