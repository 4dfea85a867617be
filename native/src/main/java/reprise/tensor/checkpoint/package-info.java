/** Tensors in files: safetensors, checkpoints of sessions, pretrained models from a folder. */
package reprise.tensor.checkpoint;
