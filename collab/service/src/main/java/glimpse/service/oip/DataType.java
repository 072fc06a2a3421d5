package glimpse.service.oip;

/** The types of tensors that models here take and give. */
public enum DataType {
    /** 32-bit floating-point numbers. */
    FP32,
    /** Byte strings of any length. */
    BYTES
}
