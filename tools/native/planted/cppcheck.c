/* For cppcheck: an index one behind the end. */
int last(void);

int last(void)
{
    int numbers[4] = {1, 2, 3, 4};
    return numbers[4];
}
