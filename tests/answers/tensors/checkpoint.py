# %% wrong="optimizer_not_restored" fails="resumes" says="the optimizer did not get it back"
# The weights are thought to be all that training needs.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    return checkpoint["step"]

# %% wrong="optimizer_not_saved" fails="saved resumes" says="the keys are ['net', 'step']"
# The optimizer's memory is not written.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    return checkpoint["step"]

# %% wrong="any_pickle" fails="safe" says="a file with a foreign object in it was loaded"
# weights_only=False, because it loads everything.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=False)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% wrong="whole_net_pickled" fails="saved safe" says="the net itself was pickled"
# The net itself is saved, not its tensors.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net, "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=False)
    net.load_state_dict(checkpoint["net"].state_dict())
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% wrong="whole_optimizer_pickled" fails="saved safe" says="the optimizer itself was pickled"
# The optimizer itself is saved, not its state.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer, "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=False)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"].state_dict())
    return checkpoint["step"]

# %% wrong="step_not_returned" fails="resumes safe" says="returned None, but should return the step"
# load_checkpoint ends without a return.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])

# %% wrong="next_step_returned" fails="resumes safe" says="returned 6, but should return the step"
# The step to do next is returned, not the one saved.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"] + 1

# %% wrong="other_keys" fails="saved safe" says="the keys are ['model', 'optimizer', 'step']"
# The dictionary has keys of the student's own.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"model": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["model"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% wrong="name_bound_anew" fails="resumes" says="does not have the saved weights"
# net = ... binds a local name; the caller's net stays as it was.
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net = checkpoint["net"]
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% wrong="path_objects_only" fails="saved"
# The file is opened by a method that only Path objects have.
def save_checkpoint(path, net, optimizer, step):
    with path.open("wb") as file:
        torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, file)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path, weights_only=True)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% right="default_of_load"
def save_checkpoint(path, net, optimizer, step):
    torch.save({"net": net.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, path)


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(path)
    net.load_state_dict(checkpoint["net"])
    optimizer.load_state_dict(checkpoint["optimizer"])
    return checkpoint["step"]

# %% right="dict_built_up"
def save_checkpoint(path, net, optimizer, step):
    checkpoint = dict(step=step)
    checkpoint["optimizer"] = optimizer.state_dict()
    checkpoint["net"] = net.state_dict()
    torch.save(obj=checkpoint, f=str(path))


def load_checkpoint(path, net, optimizer):
    checkpoint = torch.load(str(path), weights_only=True, map_location="cpu")
    optimizer.load_state_dict(checkpoint["optimizer"])
    net.load_state_dict(checkpoint["net"])
    return int(checkpoint["step"])

# %% right="open_files"
def save_checkpoint(path, net, optimizer, step):
    parts = {"net": net, "optimizer": optimizer}
    with open(path, "wb") as file:
        torch.save({**{name: part.state_dict() for name, part in parts.items()}, "step": step}, file)


def load_checkpoint(path, net, optimizer):
    with open(path, "rb") as file:
        content = torch.load(file, weights_only=True)
    for name, part in [("net", net), ("optimizer", optimizer)]:
        part.load_state_dict(content[name])
    return content["step"]
