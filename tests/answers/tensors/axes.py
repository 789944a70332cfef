# %% wrong="both_behind_the_first" fails="insert" says="both new axes stand after A"
# np.expand_dims is thought to count the axes of the array that goes in.
def insert_axes(x):
    return np.expand_dims(x, (1, 2))


def drop_axes(x):
    return np.squeeze(x, axis=(1, 3))

# %% wrong="in_front_of_each" fails="insert" says="the new axes stand before A and B"
# The new axes are put before A and before B instead of after them.
def insert_axes(x):
    return x[None, :, None]


def drop_axes(x):
    return np.squeeze(x, axis=(1, 3))

# %% wrong="behind_the_last" fails="insert" says="the second new axis stands behind C"
# The second new axis is put behind C instead of behind B.
def insert_axes(x):
    return x[:, None, :, :, None]


def drop_axes(x):
    return np.squeeze(x, axis=(1, 3))

# %% wrong="nothing_inserted" fails="insert" says="no axis was inserted"
# A new axis of size 1 is thought to need no code, since broadcasting adds it anyway.
def insert_axes(x):
    return np.asarray(x)


def drop_axes(x):
    return np.squeeze(x, axis=(1, 3))

# %% wrong="axes_swapped" fails="insert" says="the entries are not in the order they had"
# The shape is made right by a reshape after B and C have traded places.
def insert_axes(x):
    return x.transpose(0, 2, 1).reshape(x.shape[0], 1, x.shape[1], 1, x.shape[2])


def drop_axes(x):
    return np.squeeze(x, axis=(1, 3))

# %% wrong="squeezes_everything" fails="drop raises" says="every axis of size 1 was dropped"
# np.squeeze without an axis drops every axis of size 1, the batch's too.
def insert_axes(x):
    return x[:, None, :, None]


def drop_axes(x):
    return np.squeeze(x)

# %% wrong="index_without_a_check" fails="raises" says="axis 1 held more than one entry, and all but one were thrown away"
# Indexing with 0 drops the axis, but also whatever else was in it.
def insert_axes(x):
    return x[:, None, :, None]


def drop_axes(x):
    return x[:, 0, :, 0]

# %% wrong="checks_the_first_only" fails="raises" says="axis 3 held more than one entry, and all but one were thrown away"
# Only axis 1 is checked before entry 0 of both axes is taken.
def insert_axes(x):
    return x[:, None, :, None]


def drop_axes(x):
    if x.shape[1] != 1:
        raise ValueError("axis 1 is not of size 1")
    return x[:, 0, :, 0]

# %% wrong="assert_for_an_error" fails="raises" says="as `assert` does"
# An assert is taken for the way to raise an error; it raises AssertionError.
def insert_axes(x):
    return x[:, None, :, None]


def drop_axes(x):
    assert x.shape[1] == 1 and x.shape[3] == 1, "axes 1 and 3 should have size 1"
    return x.reshape(x.shape[0], x.shape[2], x.shape[4])

# %% wrong="one_axis_dropped" fails="drop raises" says="only one of the two axes is gone"
# After axis 1 is gone, the old axis 3 is forgotten.
def insert_axes(x):
    return x[:, None, :, None]


def drop_axes(x):
    return np.squeeze(x, axis=1)

# %% wrong="sizes_of_the_example" fails="insert drop"
# The sizes of the example are written into the code.
def insert_axes(x):
    return x.reshape(4, 1, 2, 1, 3)


def drop_axes(x):
    return x.reshape(len(x), 2, 3)

# %% right="reshape_and_index"
def insert_axes(x):
    return x.reshape(x.shape[0], 1, x.shape[1], 1, x.shape[2])


def drop_axes(x):
    if x.shape[1] != 1 or x.shape[3] != 1:
        raise ValueError(f"axes 1 and 3 of {x.shape} should have size 1")
    return x[:, 0, :, 0]

# %% right="one_axis_at_a_time"
def insert_axes(x):
    return np.expand_dims(np.expand_dims(x, 1), 3)


def drop_axes(x):
    return x.squeeze(3).squeeze(1)

# %% right="copies"
def insert_axes(x):
    return np.expand_dims(x, (1, 3)).copy()


def drop_axes(x):
    a, _, b, _, c = x.shape
    return x.reshape(a, b, c)
