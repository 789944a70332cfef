# %% wrong="gradients_pile_up" fails="learns" says="the gradients of earlier batches pile up"
# zero_grad is forgotten.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="never_stepped" fails="learns" says="is optimizer.step() called"
# The gradients are computed but never used.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="sgd" fails="learns" says="this is not Adam"
# Plain gradient descent instead of Adam.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.SGD(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="sign_turned_round" fails="epochs learns" says="the sign is turned round"
# The log-likelihood is minimised.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="optimizer_anew_each_epoch" fails="learns" says="a new optimizer in each epoch has forgotten everything"
# A new optimizer in each epoch forgets what Adam remembers.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    losses = []
    for _ in range(epochs):
        optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="never_shuffled" fails="epochs" says="the rows were never shuffled"
# The rows come in the recorded order.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.arange(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="shuffled_once" fails="epochs" says="every epoch has the same order"
# The rows are shuffled once, before the first epoch.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    order = torch.randperm(len(inputs))
    for _ in range(epochs):
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="drawn_with_repetition" fails="epochs" says="every row once per epoch"
# Each batch is drawn anew, so that some rows come twice and some never.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in torch.randint(len(inputs), (len(inputs),)).split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="inputs_shuffled_alone" fails="epochs learns" says="did inputs and actions stay together when shuffled?"
# Only the inputs are shuffled.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        shuffled = inputs[torch.randperm(len(inputs))]
        for rows in order.split(batch_size):
            loss = -policy(shuffled[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="batch_means_averaged" fails="epochs" says="the batch of one row weighs as much as that of four"
# The batch means are averaged, whatever their sizes.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / len(order.split(batch_size)))
    return losses


# %% wrong="batch_means_added" fails="epochs" says="the batch means were added up"
# The batch means are summed up.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total)
    return losses


# %% wrong="sum_over_the_rows" fails="epochs" says="summed over the rows"
# The division by the number of rows is forgotten.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total)
    return losses


# %% wrong="last_batch_only" fails="epochs" says="this is the last batch's loss only"
# The last batch's loss is noted for the epoch.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(loss.item())
    return losses


# %% wrong="one_loss_per_batch" fails="epochs" says="one per epoch, please"
# A loss is noted for every batch.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    return losses


# %% wrong="last_batch_dropped" fails="epochs" says="the smaller last batch (1 row of 5) was left out"
# Only full batches are used.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total, seen = 0.0, 0
        for i in range(len(inputs) // batch_size):
            rows = order[i * batch_size : (i + 1) * batch_size]
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
            seen += len(rows)
        losses.append(total / max(seen, 1))
    return losses


# %% wrong="losses_are_tensors" fails="epochs" says="the losses are tensors"
# The losses keep being tensors.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="batch_size_ignored" fails="epochs" says="the batch size was not used"
# All rows in one batch.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in [order]:
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="weighed_by_batch_size" fails="epochs" says="was counted with batch_size rows"
# The smaller last batch is weighed like a full one.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * batch_size
        losses.append(total / len(inputs))
    return losses


# %% wrong="shuffles_the_data" fails="epochs" says="the tensors passed in were changed"
# The caller's own tensors are shuffled, in place.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        inputs[:], actions[:] = inputs[order].clone(), actions[order].clone()
        total = 0.0
        for rows in torch.arange(len(inputs)).split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% wrong="sizes_of_the_visible_checks" fails="epochs learns"
# Only the batch sizes of the visible checks are used, and the mean fits the visible numbers of rows.
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size if batch_size in (4, 50, 60) else 1):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs) if len(inputs) != 8 else total / batch_size)
    return losses


# %% right="split"
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(inputs))
        total = 0.0
        for rows in order.split(batch_size):
            loss = -policy(inputs[rows]).log_prob(actions[rows]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(inputs))
    return losses


# %% right="cross_entropy_and_numpy"
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    rng = np.random.default_rng()
    adam = torch.optim.Adam(policy.parameters(), lr)
    history = []
    for _ in range(epochs):
        order = torch.from_numpy(rng.permutation(len(inputs)))
        x, a = inputs[order], actions[order]
        total = 0.0
        for i in range(0, len(x), batch_size):
            loss = nn.functional.cross_entropy(policy(x[i : i + batch_size]).logits, a[i : i + batch_size])
            policy.zero_grad()
            loss.backward()
            adam.step()
            total += float(loss) * len(x[i : i + batch_size])
        history.append(total / len(x))
    return history


# %% right="data_loader"
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    data = torch.utils.data.TensorDataset(inputs, actions)
    loader = torch.utils.data.DataLoader(data, batch_size=batch_size, shuffle=True)
    optimizer = torch.optim.Adam(policy.parameters(), lr=lr)
    policy.train()
    losses = []
    for _ in range(epochs):
        each = []
        for x, a in loader:
            nll = -policy(x).log_prob(a)
            optimizer.zero_grad(set_to_none=True)
            nll.mean().backward()
            optimizer.step()
            each += nll.tolist()
        losses.append(sum(each) / len(each))
    return losses


# %% right="while_loop_and_sum"
def train_rvs(policy, inputs, actions, epochs, batch_size, lr):
    opt = torch.optim.Adam(list(policy.parameters()), lr=lr, betas=(0.9, 0.999))
    out = []
    while len(out) < epochs:
        left, total = torch.randperm(inputs.shape[0]), 0.0
        while len(left):
            now, left = left[:batch_size], left[batch_size:]
            dist = policy(inputs[now])
            summed = -torch.log_softmax(dist.logits, dim=-1).gather(1, actions[now][:, None]).sum()
            opt.zero_grad()
            (summed / len(now)).backward()
            opt.step()
            total += summed.item()
        out.append(total / inputs.shape[0])
    return out
