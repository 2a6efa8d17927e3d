package dev.sluice.export;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.xerial.snappy.Snappy;

/** Reads remote-write bodies, knowing only protobuf's wire format and the field numbers. */
final class Bodies {
  static final long STALE = 0x7ff0000000000002L;

  private Bodies() {}

  /** By series, the samples of a body: time to the value's bits. */
  static Map<String, TreeMap<Long, Long>> read(byte[] body) {
    Map<String, TreeMap<Long, Long>> series = new LinkedHashMap<>();
    try {
      UnknownFieldSet request = UnknownFieldSet.parseFrom(Snappy.uncompress(body));
      for (ByteString one : request.getField(1).getLengthDelimitedList()) {
        UnknownFieldSet timeSeries = UnknownFieldSet.parseFrom(one);
        TreeMap<Long, Long> samples = series.computeIfAbsent(key(timeSeries), k -> new TreeMap<>());
        for (ByteString sample : timeSeries.getField(2).getLengthDelimitedList()) {
          UnknownFieldSet fields = UnknownFieldSet.parseFrom(sample);
          samples.put(
              fields.getField(2).getVarintList().get(0),
              fields.getField(1).getFixed64List().get(0));
        }
      }
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
    return series;
  }

  /** Fails where labels are not in the order of their names. */
  private static String key(UnknownFieldSet timeSeries) throws IOException {
    String name = "";
    String before = "";
    StringJoiner labels = new StringJoiner(",", "{", "}");
    for (ByteString label : timeSeries.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet fields = UnknownFieldSet.parseFrom(label);
      String key = fields.getField(1).getLengthDelimitedList().get(0).toStringUtf8();
      String value = fields.getField(2).getLengthDelimitedList().get(0).toStringUtf8();
      if (key.compareTo(before) <= 0) {
        throw new IOException("label " + key + " after " + before);
      }
      before = key;
      if (key.equals("__name__")) {
        name = value;
      } else {
        labels.add(key + "=\"" + value + "\"");
      }
    }
    return name + labels;
  }
}
