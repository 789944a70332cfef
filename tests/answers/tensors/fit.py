# %% wrong="plain_mean_of_batches" fails="losses" says="the plain mean of the batches' losses"
# Each batch counts the same, the smaller last one too.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        batch_losses = []
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            batch_losses.append(loss.item())
        losses.append(sum(batch_losses) / len(batch_losses))
    return losses

# %% wrong="not_shuffled" fails="batches" says="they are not shuffled"
# The samples come in their given order.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.arange(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="shuffled_once" fails="batches" says="shuffle anew in each epoch"
# One order is drawn before the first epoch, and kept.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    order = torch.randperm(len(inputs))
    for _ in range(epochs):
        total = 0.0
        for batch in order.split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="shuffled_apart" fails="losses batches adam" says="inputs and targets were shuffled apart"
# Inputs and targets get an order each.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        x, y = inputs[torch.randperm(len(inputs))], targets[torch.randperm(len(inputs))]
        for start in range(0, len(inputs), batch_size):
            batch = slice(start, start + batch_size)
            loss = ((net(x[batch]) - y[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(x[batch])
        losses.append(total / len(inputs))
    return losses

# %% wrong="drawn_with_replacement" fails="losses batches adam" says="draw an order, not samples"
# Each batch is drawn anew, so some samples come twice and others never.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(inputs), batch_size):
            batch = torch.randint(len(inputs), (min(batch_size, len(inputs) - start),))
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="gradients_never_cleared" fails="batches adam" says="when gradients are never cleared"
# zero_grad() is missing.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="no_step" fails="batches adam" says="is there a step?"
# The gradient is computed, and no step taken.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="last_batch_dropped" fails="losses batches" says="the last batch of 2 samples is missing"
# Only full batches are used.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = torch.randperm(len(inputs))
        for i in range(len(inputs) // batch_size):
            batch = order[i * batch_size : (i + 1) * batch_size]
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="chunks_for_splits" fails="batches" says="as chunk(4) makes them"
# chunk() makes that many pieces of about equal size, not pieces of that size.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).chunk(math.ceil(len(inputs) / batch_size)):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="sgd" fails="adam" says="Adam's first step is the learning rate"
# Plain gradient descent takes Adam's place.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.SGD(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="new_optimizer_each_epoch" fails="adam" says="a new optimizer is made in each epoch"
# The optimizer is made inside the loop and forgets its averages.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    losses = []
    for _ in range(epochs):
        optimizer = torch.optim.Adam(net.parameters(), lr=lr)
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="eval_at_the_end" fails="mode" says="should be left in train mode"
# The net is put into evaluation mode when training is over.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    net.eval()
    return losses

# %% wrong="mode_not_set" fails="mode" says="was trained in eval mode"
# The net is trained in whatever mode it comes.
def fit(net, inputs, targets, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="summed_squares" fails="losses adam" says="summed over samples and outputs"
# reduction='sum' adds up all entries of a batch.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = nn.functional.mse_loss(net(inputs[batch]), targets[batch], reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="outputs_summed" fails="losses adam" says="the 2 outputs were summed"
# The squared errors of one sample's outputs are added, not averaged.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).sum(dim=1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="half_of_it" fails="losses adam" says="a factor 1/2 that was not asked for"
# A factor 1/2 comes along from the textbook's derivative.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = 0.5 * ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="not_divided" fails="losses adam" says="not divided by the number of samples"
# The epoch's total is not divided by N.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total)
    return losses

# %% wrong="divided_by_batches" fails="losses adam" says="divided by the number of batches"
# The weighted total is divided by the number of batches.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / math.ceil(len(inputs) / batch_size))
    return losses

# %% wrong="one_loss_per_batch" fails="losses" says="one for each batch, but should be one per epoch"
# Each batch's loss is listed.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses

# %% wrong="last_batch_stands_for_the_epoch" fails="losses" says="that of its last batch only"
# The loss of the last batch is listed as the epoch's.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(loss.item())
    return losses

# %% wrong="losses_as_tensors" fails="losses" says="the losses are tensors"
# The losses are kept as tensors.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="all_samples_in_a_batch" fails="losses batches" says="the first batch holds all 50 samples"
# The order is used whole where a piece of it belongs.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = torch.randperm(len(inputs))
        for start in range(0, len(inputs), batch_size):
            batch = order
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% wrong="batch_of_one_skipped" fails="losses"
# A last batch of one sample is thought to be useless.
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in torch.randperm(len(inputs)).split(batch_size):
            if len(batch) == 1 and len(inputs) > 1:
                continue
            loss = ((net(inputs[batch]) - targets[batch]) ** 2).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses

# %% right="slices_of_an_order"
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    opt = torch.optim.Adam(net.parameters(), lr=lr)
    out = []
    n = len(inputs)
    for _ in range(epochs):
        order = torch.randperm(n)
        x, y, total = inputs[order], targets[order], 0.0
        for i in range(0, n, batch_size):
            loss = nn.functional.mse_loss(net(x[i : i + batch_size]), y[i : i + batch_size])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(x[i : i + batch_size])
        out.append(total / n)
    return out

# %% right="data_loader"
def fit(net, inputs, targets, epochs, batch_size, lr):
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(TensorDataset(inputs, targets), batch_size=batch_size, shuffle=True)
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    criterion = nn.MSELoss()
    net.train()
    losses = []
    for _ in range(epochs):
        total, count = 0, 0
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(net(x), y)
            loss.backward()
            optimizer.step()
            total += float(loss.detach()) * x.shape[0]
            count += x.shape[0]
        losses.append(total / count)
    return losses

# %% right="numpy_order"
def fit(net, inputs, targets, epochs, batch_size, lr):
    net.train()
    optimizer = torch.optim.Adam(net.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        total = 0.0
        order = list(np.random.permutation(len(inputs)))
        while order:
            batch, order = order[:batch_size], order[batch_size:]
            loss = torch.square(targets[batch] - net(inputs[batch])).mean(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(inputs))
    return losses
