package dev.weir.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    Path folder;

    @Test
    void keepsConfirmedMessagesOverARestart() throws Exception {
        // Given
        BrokerOptions options = options(freePort());
        try (EmbeddedBroker broker = EmbeddedBroker.start(options);
                Connection connection = connect(options);
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.exchangeDeclare("weir.ledger", "topic", true);
            channel.queueDeclare("metering.ledger-events", true, false, false, Map.of("x-queue-type", "quorum"));
            channel.queueBind("metering.ledger-events", "weir.ledger", "ledger.*.v1.*");
            channel.basicPublish(
                    "weir.ledger",
                    "ledger.wallet.v1.7f",
                    MessageProperties.PERSISTENT_TEXT_PLAIN,
                    "kept".getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(5_000);
        }

        // When
        try (EmbeddedBroker broker = EmbeddedBroker.start(options);
                Connection connection = connect(options);
                Channel channel = connection.createChannel()) {
            GetResponse answer = channel.basicGet("metering.ledger-events", true);

            // Then
            assertThat(answer).isNotNull();
            assertThat(new String(answer.getBody(), StandardCharsets.UTF_8)).isEqualTo("kept");
        }
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            BrokerOptions options = options(other.getLocalPort());

            // When, Then
            assertThatThrownBy(() -> EmbeddedBroker.start(options)).isInstanceOf(Exception.class);
            assertThat(options.readyFile()).doesNotExist();
        }
    }

    @Test
    void refusesAnOptionThatItDoesNotKnow() {
        assertThatThrownBy(() -> BrokerOptions.parse("--colour", "red"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--colour");
    }

    private BrokerOptions options(int port) {
        return new BrokerOptions(port, folder.resolve("data"), "weir", "secret", folder.resolve("ready"));
    }

    private static Connection connect(BrokerOptions options) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(options.port());
        factory.setUsername(options.username());
        factory.setPassword(options.password());
        return factory.newConnection();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
