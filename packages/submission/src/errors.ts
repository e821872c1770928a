import { errorCatalogue } from '@labproof/core';

/** The errors of reading what was handed in. */
export const submissionErrors = errorCatalogue([
  {
    owner: 'student',
    area: 'Submission',
    codes: {
      'archive-format': {
        means: 'The work is in an archive that is not opened (7-Zip, RAR, tar).',
        fix: 'Hand in a `.zip`, or the folder itself.',
      },
      'declaration-invalid': {
        means: '`submission.json` has a field that is not as it should be.',
        fix: 'Correct the named fields, or leave the file out.',
      },
      'declared-file-missing': {
        means: '`submission.json` names a file that is not there.',
        fix: 'Add the file, or correct `submission.json`.',
      },
      'file-set-aside': {
        means:
          'Reading a file took more memory or processor time than reading takes, so it was stopped; the other files are graded, and this one needs manual grading.',
        fix: 'Save it again without large data in it.',
      },
      'json-malformed': {
        means: 'A JSON file is not complete.',
        fix: 'Save it again; the upload may have been cut off.',
      },
      'json-too-deep': {
        means: 'A JSON file is nested deeper than any tool writes it.',
        fix: 'Save it again with the tool that wrote it.',
      },
      'json-too-large': {
        means: 'A JSON file is far larger than files of its kind.',
        fix: 'Save it again with the tool that wrote it.',
      },
      'json-unsafe-key': {
        means: 'A JSON file holds a key such as `__proto__`, which no tool writes.',
        fix: 'Save it again with the tool that wrote it.',
      },
      'reader-failed': {
        means: 'The file is damaged in a way that its reader could not cope with.',
        fix: 'Save it again; where it opens elsewhere, show it to your instructor.',
      },
      'submission-too-large': {
        means: 'The submission has more files or bytes than are read ([limits](limits.md)).',
        fix: 'Leave out data sets, environments and checkpoints.',
      },
      'versions-differ': {
        means:
          'Two files could be the same answers, model or history, and they differ; this needs manual grading.',
        fix: 'Hand in one of them, or name it in `submission.json`.',
      },
      'zip-encrypted': {
        means: 'The zip has a password.',
        fix: 'Make it again without one.',
      },
      'zip-nested': {
        means:
          'Archives lie in archives in archives, deeper than they are opened ([limits](limits.md)).',
        fix: 'Put the files themselves into one zip.',
      },
      'zip-unreadable': {
        means: 'The zip is damaged or cut off.',
        fix: 'Make it again and compare its size after the upload.',
      },
    },
  },
  {
    owner: 'student',
    area: 'Answers, pictures and histories',
    codes: {
      'answers-format': {
        means: 'The answers are in a format that is not read.',
        fix: 'Hand them in as `.md`, `.ipynb`, `.Rmd`, `.html`, `.R`, `.py`, `.docx`, `.pdf` or `.txt`.',
      },
      'answers-too-large': {
        means: 'The answers are longer than what is read ([limits](limits.md)).',
        fix: 'Leave out printed data and embedded files.',
      },
      'answers-unreadable': {
        means: 'The file is not what its name says, or is damaged.',
        fix: 'Save or export it again.',
      },
      'history-several': {
        means:
          'A history file holds several trainings, one after the other; this needs manual grading.',
        fix: 'Hand in the log of the training whose model is handed in.',
      },
      'history-unreadable': {
        means: 'The training history is not CSV or JSON with one row for each epoch.',
        fix: 'Write CSV with the columns `epoch,loss,accuracy,val_loss,val_accuracy`.',
      },
      'image-embedded': {
        means:
          'A picture inside the answers is neither PNG nor JPEG, or its base64 text is damaged.',
        fix: 'Save the plot as a PNG file and link to it.',
      },
      'image-format': {
        means: 'A picture is neither PNG nor JPEG.',
        fix: 'Save the plot as a PNG.',
      },
      'image-in-pdf': {
        means: 'Pictures in a PDF are not read; the plot needs manual grading.',
        fix: 'Hand in the plot as a PNG as well.',
      },
      'image-missing': {
        means: 'The answer shows a picture that is not in the submission.',
        fix: 'Put it there at exactly that path.',
      },
      'image-remote': {
        means: 'The picture is on the web, and nothing outside the submission is opened.',
        fix: 'Put it into the submission and link to it by a relative path.',
      },
      'image-too-large': {
        means: 'The picture, or all of them together, have more pixels than are looked at.',
        fix: 'Save it at about 1000 pixels across.',
      },
      'image-unreadable': {
        means: 'The picture is damaged.',
        fix: 'Save the plot as a PNG.',
      },
    },
  },
  {
    owner: 'student',
    area: 'Models',
    codes: {
      'hdf5-damaged': {
        means: 'The parts of the HDF5 file do not fit together.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-depth': {
        means: 'The groups of the HDF5 file are nested deeper than Keras nests them.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-dtype': {
        means: 'The HDF5 file holds values that are not 32-bit floats.',
        fix: 'Train and save in float32.',
      },
      'hdf5-filter': {
        means: 'The HDF5 file is compressed in a way that Keras does not use.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-link': {
        means: 'The HDF5 file holds a link to something else; none is followed.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-object': {
        means: 'The HDF5 file holds something that is neither a group nor an array.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-objects': {
        means: 'The HDF5 file holds more objects than a model has.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-size': {
        means: 'The HDF5 file declares more values than it holds, or more than are read.',
        fix: 'Save the model again with `model.save()`.',
      },
      'hdf5-virtual': {
        means: 'The HDF5 file takes values from another file.',
        fix: 'Save the model again with `model.save()`.',
      },
      'keras-1': {
        means: 'The model was written by Keras 1.',
        fix: 'Save it with Keras 2 or later.',
      },
      'keras-archive-ambiguous': {
        means: 'The `.keras` archive holds a part twice.',
        fix: 'Save the model again with `model.save()`.',
      },
      'keras-archive-damaged': {
        means: 'The `.keras` archive cannot be unpacked.',
        fix: 'Save the model again, and compare its size after the upload.',
      },
      'keras-archive-encrypted': {
        means: 'The `.keras` archive has a password.',
        fix: 'Hand in the file as `model.save()` writes it.',
      },
      'keras-archive-entries': {
        means: 'The `.keras` archive holds more files than Keras puts there.',
        fix: 'Hand in the file as `model.save()` writes it.',
      },
      'keras-archive-incomplete': {
        means: 'The `.keras` archive lacks a part.',
        fix: 'Save the model again with `model.save()`.',
      },
      'keras-archive-size': {
        means: 'A part of the `.keras` archive declares more bytes than are read.',
        fix: 'Hand in the network that the exercise describes.',
      },
      'model-activation': {
        means: '`hard_sigmoid` of Keras 3 has another slope than that of Keras 2.',
        fix: 'Use `sigmoid`, train and save again.',
      },
      'model-dtype': {
        means: 'A layer computes in another type than float32.',
        fix: 'Train and save in float32.',
      },
      'model-format': {
        means: 'The file is in no format of Keras or TensorFlow.js.',
        fix: 'Save with `model.save("name.keras")` or `model.save("name.h5")`.',
      },
      'model-framework': {
        means:
          'The model was saved in a form that is not read (SavedModel, a checkpoint of TensorFlow, TensorFlow Lite, Core ML, torch.export, a pickle, NumPy, R, MATLAB).',
        fix: 'Save it with Keras or PyTorch, in ONNX, or as a TensorFlow.js model; the message says how.',
      },
      'model-git-lfs': {
        means: 'The file is a placeholder of Git LFS and not the model.',
        fix: 'Run `git lfs pull` and hand in what it brings.',
      },
      'model-graph': {
        means: 'The graph of layers has several inputs or outputs, or arguments in its calls.',
        fix: 'Build it with one input and one output.',
      },
      'model-holds-code': {
        means: 'A layer holds code of its own, and no code is ever run.',
        fix: 'Replace it by layers that come with Keras.',
      },
      'model-layer-count': {
        means: 'The model has no layer, or more than are read.',
        fix: 'Hand in the network that the exercise describes.',
      },
      'model-missing': {
        means: 'A model that is named is not there.',
        fix: 'Add it to the submission.',
      },
      'model-not-sequential': {
        means: 'The model is described by a program and not by layers.',
        fix: 'Build it as a Sequential model.',
      },
      'model-quantized': {
        means: 'A layer is quantised.',
        fix: 'Save the model before quantising it.',
      },
      'model-too-large': {
        means: 'More weights or computing than are read ([limits](limits.md)).',
        fix: 'Hand in the network that the exercise describes.',
      },
      'model-topology': {
        means: 'The layers are not described as in a Keras model.',
        fix: 'Save the whole model again with `model.save()`.',
      },
      'model-weights-only': {
        means: 'The file holds weights and no layers, as `save_weights()` writes it.',
        fix: 'Save with `model.save()`.',
      },
      'onnx-damaged': {
        means: 'The file is not ONNX, is cut off, or its parts do not fit together.',
        fix: 'Export it again, and compare its size after the upload.',
      },
      'onnx-external-data': {
        means: 'The ONNX file keeps its numbers in another file; no other file is opened.',
        fix: 'Export with `external_data=False`, or hand in the state_dict.',
      },
      'onnx-graph': {
        means: 'The ONNX graph does not take images and give one number for each class.',
        fix: 'Export the network alone, with the shape of its images fixed.',
      },
      'onnx-operator': {
        means: 'The ONNX graph has an operator, or an option of one, that is not computed.',
        fix: 'Hand in the model as its framework saves it.',
      },
      'onnx-too-large': {
        means: 'The ONNX file holds or computes more than is read ([limits](limits.md)).',
        fix: 'Hand in the network that the exercise describes.',
      },
      'onnx-unread': {
        means:
          'The ONNX file is of a kind that is not read: operators or functions of its own, sparse or quantised arrays, very old or very new operators.',
        fix: 'Export it with the operators of ONNX alone, or hand in the model as its framework saves it.',
      },
      'pytorch-ambiguous': {
        means: 'The PyTorch file holds several models, or its arrays fit several exercises.',
        fix: 'Save one model a file, and name the file after its exercise.',
      },
      'pytorch-damaged': {
        means: 'The PyTorch or safetensors file cannot be read to its end.',
        fix: 'Save it again with `torch.save(model.state_dict(), "name.pt")`, and compare its size after the upload.',
      },
      'pytorch-does-not-fit': {
        means: 'The arrays of the PyTorch file do not have the shapes of its layers.',
        fix: 'Save the model again, and hand in the code that belongs to it.',
      },
      'pytorch-layer': {
        means: 'The PyTorch model has a layer or an option that is not computed.',
        fix: 'Build the network that the exercise describes.',
      },
      'pytorch-no-weights': {
        means: 'The PyTorch file holds no weights of a model.',
        fix: 'Save with `torch.save(model.state_dict(), "name.pt")`.',
      },
      'pytorch-structure': {
        means: 'The PyTorch file holds arrays alone, and they do not fit the exercise.',
        fix: 'Hand in the code of the network too, or build what the exercise describes.',
      },
      'pytorch-too-large': {
        means: 'The PyTorch file declares more numbers than are read ([limits](limits.md)).',
        fix: 'Hand in the network that the exercise describes, without the state of the optimiser.',
      },
      'pytorch-unread': {
        means:
          'The PyTorch file is of a kind that is not read: quantised, sparse, torch.export, torch.package, a plain pickle, one of several files of a model.',
        fix: 'Save with `torch.save(model.state_dict(), "name.pt")`.',
      },
      'weights-byte-count': {
        means: 'The weights file is shorter or longer than the layers need.',
        fix: 'Save again and hand in all files.',
      },
      'weights-do-not-fit': {
        means: 'The weights do not have the shapes of the layers.',
        fix: 'Save the whole model with `model.save()`.',
      },
      'weights-dtype': {
        means: 'The weights are not float32.',
        fix: 'Save in float32.',
      },
      'weights-missing': {
        means: '`model.json` names a weights file that is not there.',
        fix: 'Hand in the `.bin` files too.',
      },
      'weights-path': {
        means: '`model.json` asks for weights outside its folder.',
        fix: 'Put the `.bin` files beside `model.json`.',
      },
      'weights-quantized': {
        means: 'The weights are quantised.',
        fix: 'Save without quantisation.',
      },
      'weights-too-many': {
        means: 'There are more weight arrays than are read.',
        fix: 'Hand in the network that the exercise describes.',
      },
    },
  },
  {
    owner: 'instructor',
    area: 'Grading a class',
    codes: {
      'limits-invalid': {
        means: 'A limit has an unknown name, or is not a whole number above 0.',
        fix: 'Take the names from [limits](limits.md).',
      },
    },
  },
  {
    owner: 'us',
    area: 'Grading',
    codes: {
      'hdf5-library-crashed': {
        means: 'The reader of HDF5 crashed and is not used again in this process.',
        fix: 'Grade the submission by itself; on a page, load the page again.',
      },
    },
  },
]);

export const submissionError: typeof submissionErrors.error = submissionErrors.error;

/** A code that this package's errors can have. */
export type SubmissionCode = Parameters<typeof submissionError>[0];
