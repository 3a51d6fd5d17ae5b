package dev.weir.ledger.seal.app;

import dev.weir.ledger.journal.persistence.JournalReader;
import dev.weir.ledger.seal.SealConfig;
import dev.weir.ledger.seal.domain.MerkleTree;
import dev.weir.ledger.seal.domain.Seal;
import dev.weir.ledger.seal.domain.SealLeaf;
import dev.weir.ledger.seal.persistence.SealTable;
import dev.weir.ledger.seal.persistence.SealTable.Place;
import dev.weir.ledger.seal.persistence.SealTable.PublicKey;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.platform.kernel.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads seals, and proves that a row is under one. */
@ApplicationScoped
public class Seals {
    private final DataSource database;
    private final SealTable table;
    private final JournalReader journal;
    private final SealConfig config;

    /**
     * That a row is under a seal: hash the row's encoding onto the hash before it, then each next encoding, and the last
     * hash is the leaf's; the path leads from the leaf to the seal's root.
     *
     * @param rows the row itself and all after it up to the sealed head
     * @param previousHash the hash before the row
     */
    public record Proof(
            List<JournalRow> rows,
            byte[] previousHash,
            SealLeaf leaf,
            List<MerkleTree.Step> path,
            Seal seal,
            byte[] publicKey) {}

    Seals(DataSource database, SealTable table, JournalReader journal, SealConfig config) {
        this.database = database;
        this.table = table;
        this.journal = journal;
        this.config = config;
    }

    /** Seals after a number, oldest first. */
    public List<Seal> after(long number, int most) {
        return read(connection -> table.after(connection, number, most));
    }

    /** The public keys that seals were signed with. */
    public List<PublicKey> keys() {
        return read(table::keys);
    }

    /**
     * The proof of a row.
     *
     * @throws Problem 404 UNKNOWN_ROW; 409 NOT_SEALED_YET; 422 PROOF_TOO_LONG
     */
    public Proof proof(UUID wallet, long seq) {
        return read(connection -> prove(connection, wallet, seq));
    }

    private Proof prove(Connection connection, UUID wallet, long seq) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        // With the row before, for its hash.
        journal.rows(connection, wallet, Math.max(0, seq - 2), seq, entry -> rows.add(entry.row()));
        if (rows.isEmpty() || rows.getLast().seq() != seq) {
            throw Problem.notFound("UNKNOWN_ROW", "wallet " + wallet + " has no row " + seq);
        }
        byte[] previous = rows.size() > 1 ? rows.getFirst().hash() : JournalEncoding.genesis(wallet);
        Place place = table.place(connection, wallet, seq)
                .orElseThrow(() -> Problem.conflict("NOT_SEALED_YET", "the row is not under a seal yet: ask again soon")
                        .header("Retry-After", "10"));
        if (place.seq() - seq > config.proofRows()) {
            throw Problem.unprocessable(
                    "PROOF_TOO_LONG", (place.seq() - seq) + " rows lie between the row and its sealed head");
        }
        List<JournalRow> chain = new ArrayList<>();
        journal.rows(connection, wallet, seq - 1, place.seq(), entry -> chain.add(entry.row()));
        Seal seal = table.seal(connection, place.seal()).orElseThrow();
        List<SealLeaf> leaves = table.leaves(connection, place.seal());
        List<MerkleTree.Step> path =
                MerkleTree.path(leaves.stream().map(SealLeaf::bytes).toList(), place.order());
        byte[] key = table.keys(connection).stream()
                .filter(known -> known.id().equals(seal.keyId()))
                .findFirst()
                .orElseThrow()
                .key();
        return new Proof(chain, previous, leaves.get(place.order()), path, seal, key);
    }

    private interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return query.run(connection);
            }
        });
    }
}
