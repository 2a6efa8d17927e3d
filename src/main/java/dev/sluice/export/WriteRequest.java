package dev.sluice.export;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.sluice.event.StepReport;
import dev.sluice.metrics.PerStepSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/**
 * Bodies of Prometheus remote write 1.0: the message {@code prometheus.WriteRequest}, compressed
 * with snappy's block format. Only its time series are written, and of these labels and samples.
 *
 * <p>Values go out as the bits they are in the history, but for NaN: Prometheus gives one NaN the
 * meaning that a series has ended, so every measured NaN goes out as the other, plain one.
 *
 * <p>Source: Prometheus Remote-Write 1.0 specification; the field numbers are those of its types
 * {@code TimeSeries} (labels 1, samples 2), {@code Label} (name 1, value 2), {@code Sample} (value
 * 1, timestamp 2).
 */
final class WriteRequest {
  private static final int TIMESERIES = 1;
  private static final int LABELS = 1;
  private static final int SAMPLES = 2;
  private static final int FIRST = 1;
  private static final int SECOND = 2;

  /** The NaN that ends a series. */
  private static final long STALE = 0x7ff0_0000_0000_0002L;

  /** The NaN of a value that is not a number. */
  private static final long PLAIN_NAN = 0x7ff8_0000_0000_0001L;

  /** What a sample says of its steps, and the label sets of its columns. */
  private enum Kind {
    LAST,
    MIN,
    MAX
  }

  /** Label messages by kind, then column. */
  private final Map<Kind, List<byte[]>> labels = new EnumMap<>(Kind.class);

  WriteRequest(List<Column> columns) {
    for (Kind kind : Kind.values()) {
      labels.put(kind, columns.stream().map(column -> labels(kind, column)).toList());
    }
  }

  private static byte[] labels(Kind kind, Column column) {
    String name =
        switch (kind) {
          case LAST -> column.name();
          case MIN -> PerStepSeries.min(column.name());
          case MAX -> PerStepSeries.max(column.name());
        };
    return labels(name, column.labels());
  }

  private List<byte[]> labels(Kind kind) {
    return Objects.requireNonNull(labels.get(kind));
  }

  /** Label messages in the order of their names, as the specification wants it. */
  private static byte[] labels(String name, Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.put("__name__", name);
    return written(
        out -> {
          for (Map.Entry<String, String> label : all.entrySet()) {
            byte[] message =
                written(
                    one -> {
                      one.writeString(FIRST, label.getKey());
                      one.writeString(SECOND, label.getValue());
                    });
            out.writeByteArray(LABELS, message);
          }
        });
  }

  /** A part of what is to be sent: columns and samples, each from one to before another. */
  record Part(int fromColumn, int toColumn, int fromSample, int toSample) {
    static Part all(Samples samples) {
      return new Part(0, samples.columns(), 0, samples.size());
    }

    int columns() {
      return toColumn - fromColumn;
    }

    int samples() {
      return toSample - fromSample;
    }
  }

  /** A body and what stands in it. */
  static final class Body {
    private final byte[] bytes;
    private final int samples;

    Body(byte[] bytes, int samples) {
      this.bytes = bytes;
      this.samples = samples;
    }

    /** Compressed; not to be changed. */
    byte[] bytes() {
      return bytes;
    }

    /** How many stand in it, the smallest and largest among them. */
    int samples() {
      return samples;
    }
  }

  /** The samples of a part; where some stand for several steps, with the smallest and largest. */
  Body of(Samples samples, Part part) {
    int[] count = new int[1];
    byte[] message =
        written(
            out -> {
              for (int column = part.fromColumn(); column < part.toColumn(); column++) {
                for (Kind kind : Kind.values()) {
                  count[0] += series(out, samples, part, column, kind);
                }
              }
            });
    return new Body(compressed(message), count[0]);
  }

  private int series(CodedOutputStream out, Samples samples, Part part, int column, Kind kind)
      throws IOException {
    byte[] named = labels(kind).get(column);
    int count = 0;
    int size = named.length;
    for (int sample = part.fromSample(); sample < part.toSample(); sample++) {
      if (isThere(samples, column, sample, kind)) {
        count++;
        size += framed(sampleSize(samples.timestampMillis(sample)));
      }
    }
    if (count == 0) {
      return 0;
    }
    out.writeTag(TIMESERIES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(size);
    out.writeRawBytes(named);
    for (int sample = part.fromSample(); sample < part.toSample(); sample++) {
      if (isThere(samples, column, sample, kind)) {
        write(out, bits(value(samples, column, sample, kind)), samples.timestampMillis(sample));
      }
    }
    return count;
  }

  private static boolean isThere(Samples samples, int column, int sample, Kind kind) {
    return !samples.isLeftOut(column)
        && (kind == Kind.LAST || samples.steps(sample) > 1)
        && !StepReport.isAbsent(value(samples, column, sample, kind));
  }

  private static double value(Samples samples, int column, int sample, Kind kind) {
    return switch (kind) {
      case LAST -> samples.last(column, sample);
      case MIN -> samples.min(column, sample);
      case MAX -> samples.max(column, sample);
    };
  }

  private static long bits(double value) {
    return Double.isNaN(value) ? PLAIN_NAN : Double.doubleToRawLongBits(value);
  }

  /**
   * Says that all series end.
   *
   * @param thinned whether there are series of the smallest and largest
   */
  Body ends(long timestampMillis, boolean thinned) {
    List<byte[]> ending = new ArrayList<>(labels(Kind.LAST));
    if (thinned) {
      ending.addAll(labels(Kind.MIN));
      ending.addAll(labels(Kind.MAX));
    }
    byte[] message =
        written(
            out -> {
              for (byte[] named : ending) {
                out.writeTag(TIMESERIES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(named.length + framed(sampleSize(timestampMillis)));
                out.writeRawBytes(named);
                write(out, STALE, timestampMillis);
              }
            });
    return new Body(compressed(message), ending.size());
  }

  private static void write(CodedOutputStream out, long bits, long timestampMillis)
      throws IOException {
    out.writeTag(SAMPLES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(sampleSize(timestampMillis));
    // as bits: a double in between might lose what tells one NaN from another
    out.writeTag(FIRST, WireFormat.WIRETYPE_FIXED64);
    out.writeFixed64NoTag(bits);
    out.writeInt64(SECOND, timestampMillis);
  }

  private static int sampleSize(long timestampMillis) {
    return CodedOutputStream.computeDoubleSize(FIRST, 0)
        + CodedOutputStream.computeInt64Size(SECOND, timestampMillis);
  }

  /** With tag and length in front. */
  private static int framed(int size) {
    return CodedOutputStream.computeTagSize(SAMPLES)
        + CodedOutputStream.computeUInt32SizeNoTag(size)
        + size;
  }

  /** Writes a message. */
  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
    return bytes.toByteArray();
  }

  private static byte[] compressed(byte[] message) {
    try {
      return Snappy.compress(message);
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }
}
