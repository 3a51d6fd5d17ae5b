package dev.weir.bench.ledger;

import dev.weir.platform.kernel.Ids;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/** One connection that reserves and settles in turns. */
final class HttpPair implements Callers.Work {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String head;
    private final Supplier<String> customers;
    private final Pace pace;
    private String held = "";

    /** Waits until the next pair is due, and returns that instant of {@link System#nanoTime}. */
    interface Pace {
        long await() throws InterruptedException;
    }

    HttpPair(int port, String token, Supplier<String> customers, Pace pace) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.customers = customers;
        this.pace = pace;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new BufferedInputStream(socket.getInputStream(), 8192);
        out = socket.getOutputStream();
        head = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n";
    }

    @Override
    public long due() throws InterruptedException {
        return pace.await();
    }

    @Override
    public int once() throws Exception {
        String answer = post(
                "/v1/reservations",
                "{\"customer\":\"" + customers.get() + "\",\"feature\":\"chat\",\"quantity\":\"1\"}");
        int id = answer.indexOf("\"id\":\"") + 6;
        held = answer.substring(id, id + 36);
        post("/v1/reservations/" + held + "/settle", "{\"quantity\":\"0.7\"}");
        return 1;
    }

    private String post(String path, String body) throws IOException {
        String request = "POST " + path + head + "Idempotency-Key: " + Ids.next() + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        int length = 0;
        while (!(line = line()).isEmpty()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        String answer = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if (status >= 300) {
            throw new IllegalStateException(path + ": " + status + " " + answer);
        }
        return answer;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        int read;
        while ((read = in.read()) != '\n') {
            if (read < 0) {
                throw new IOException("the ledger closed the connection");
            }
            if (read != '\r') {
                line.append((char) read);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
